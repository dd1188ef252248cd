import ListenerKit

/// A role, read from its files.
struct Role {
    /// Its name.
    let name: String
    /// Its files, in the order in which they are read.
    let files: [String]
    /// All sections of its files.
    let document: INIDocument

    /// Reads the files of a role.
    ///
    /// - Throws: ``ConfigurationError`` where one of them cannot be read, or is malformed.
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

    /// The sections that common options belong to.
    var programs: [INISection] {
        document.sections.filter { section in
            switch ProgramConfiguration.Kind(sectionName: section.name) {
            case .program, .fastCGIProgram: true
            case .eventListener, nil: false
            }
        }
    }

    /// The first section that stands in another document too, and says something else there.
    func firstConflict(with other: INIDocument) -> (section: INISection, other: INISection)? {
        for section in document.sections where Self.mustBeDefinedOnce(section.name) {
            if let same = other.section(named: section.name), !section.says(sameAs: same) {
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
    /// Whether another section has the same keys with the same values, in any order.
    fileprivate func says(sameAs other: INISection) -> Bool {
        options.count == other.options.count && options.allSatisfy { other[$0.key]?.text == $0.text }
    }
}
