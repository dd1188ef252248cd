import ListenerKit

/// A role, with the sections of its files.
struct Role {
    /// Its name.
    let name: String
    /// The paths of its files, in the order in which they are read.
    let files: [String]
    /// All sections of its files.
    let document: INIDocument

    /// Reads the files of a role.
    ///
    /// - Throws: ``ConfigurationError`` if one of them cannot be read, or is malformed.
    init(_ name: String, files: [String], _ inputs: ConfigurationInputs) throws(ConfigurationError) {
        var document = INIDocument()
        for file in files {
            try INIReader.read(try inputs.bytes(ofFile: file), file: file, into: &document)
            document.replaceHere(with: PathText.directory(of: file))
        }
        self.name = name
        self.files = files
        self.document = document
    }

    /// The sections of programs, to which common options are added.
    var programs: [INISection] {
        document.sections.filter { section in
            switch ProgramConfiguration.Kind(sectionName: section.name) {
            case .program, .fastCGIProgram: true
            case .eventListener, nil: false
            }
        }
    }

    /// Returns the first section that another document defines differently, with that definition; nil if there is none.
    func firstConflict(with other: INIDocument) -> (section: INISection, other: INISection)? {
        for section in document.sections where Self.mustBeDefinedOnce(section.name) {
            if let same = other.section(named: section.name), !section.hasSameOptions(as: same) {
                return (section, same)
            }
        }
        return nil
    }

    private static func mustBeDefinedOnce(_ name: String) -> Bool {
        ProgramConfiguration.Kind(sectionName: name) != nil || name.utf8.starts(with: "group:".utf8)
    }
}

extension INISection {
    /// Returns whether another section has the same keys with the same values, in any order.
    fileprivate func hasSameOptions(as other: INISection) -> Bool {
        options.count == other.options.count && options.allSatisfy { other[$0.key]?.text == $0.text }
    }
}
