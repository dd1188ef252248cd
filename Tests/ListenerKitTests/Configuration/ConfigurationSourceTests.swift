import ExecutableTesting
import Foundation
import Testing

@testable import ListenerKit

/// When files are read again.
@Suite struct ConfigurationSourceTests {
    private let folder: TestFolder
    private var path: String { folder.path(of: "s.conf") }

    init() throws {
        folder = try TestFolder()
        try FileManager.default.createDirectory(atPath: folder.path(of: "d"), withIntermediateDirectories: false)
        try folder.write("[supervisord]\n[program:a]\ncommand=a\n[include]\nfiles=d/*.conf\n", to: "s.conf")
        try folder.write("[program:b]\ncommand=b\n", to: "d/b.conf")
    }

    private func source() throws -> (source: ConfigurationSource, first: SupervisorConfiguration) {
        let first = try SupervisorConfiguration(path: path)
        let source = ConfigurationSource(.success(first), .current()) { () throws(ConfigurationError) in
            throw .notFound(lookedFor: [])
        }
        return (source, first)
    }

    @Test func unchangedFilesAreNotReadAgain() throws {
        let (source, first) = try source()
        #expect(try source.reread().isSame(as: first))
    }

    /// A way in which files change.
    enum Change: CaseIterable {
        case main, included, added, removed, replaced
    }

    @Test(arguments: Change.allCases)
    func changedFilesAreReadOnce(change: Change) throws {
        let (source, first) = try source()
        switch change {
        case .main: try folder.write(folder.text(of: "s.conf") + "[program:c]\ncommand=c\n", to: "s.conf")
        case .included: try folder.write("[program:c]\ncommand=c\n", to: "d/b.conf")
        case .added: try folder.write("[program:c]\ncommand=c\n", to: "d/c.conf")
        case .removed: try FileManager.default.removeItem(atPath: folder.path(of: "d/b.conf"))
        case .replaced:
            // The same size, and the same time of the last change of its contents.
            let old = try FileManager.default.attributesOfItem(atPath: folder.path(of: "d/b.conf"))
            try folder.write("[program:c]\ncommand=c\n", to: "new")
            try FileManager.default.setAttributes(
                [.modificationDate: old[.modificationDate] as Any],
                ofItemAtPath: folder.path(of: "new")
            )
            #expect(rename(folder.path(of: "new"), folder.path(of: "d/b.conf")) == 0)
        }
        let second = try source.reread()
        #expect(!second.isSame(as: first))
        let expected =
            switch change {
            case .main, .added: ["a", "b", "c"]
            case .included, .replaced: ["a", "c"]
            case .removed: ["a"]
            }
        #expect(second.programs.map { $0.name }.sorted() == expected)
        #expect(try source.reread().isSame(as: second))
    }

    @Test func unreadableFilesAreReadOnceTheyAreReadable() throws {
        let (source, _) = try source()
        let text = folder.text(of: "s.conf")
        try folder.write("nonsense\n", to: "s.conf")
        #expect(throws: ConfigurationError.self) { try source.reread() }
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: ConfigurationError.self) { try source.reread() }
        let missing = ConfigurationSource(.failure(.notFound(lookedFor: [])), .current()) { [path] in path }
        #expect(throws: ConfigurationError.self) { try missing.reread() }
        try folder.write(text, to: "s.conf")
        #expect(try missing.reread().programs.count == 2)
    }
}
