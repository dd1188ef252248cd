import ExecutableTesting
import Foundation
import Testing

/// A Markdown file of this repository.
struct DocumentationPage: Sendable {
    /// Its path in the repository.
    let path: String
    /// Its fenced blocks.
    private(set) var blocks: [CodeBlock] = []
    /// Its other lines.
    private(set) var prose: [String] = []
    /// What tests all of its blocks, by a mark `page by NAME`; nil if each has its own.
    private(set) var testOfAll: String?

    private static let fence = "```"

    /// Reads a page.
    init(_ path: String) throws {
        self.path = path
        let text = try String(contentsOfFile: "\(TestedExecutable.package)/\(path)", encoding: .utf8)
        var mark: String?
        var begin: (line: Int, fence: String)?
        var lines: [String] = []
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            let word = String(line.drop { $0 == " " })
            if let (first, fence) = begin {
                if word == Self.fence {
                    let language = String(fence.dropFirst(Self.fence.count))
                    blocks.append(CodeBlock(language: language, mark: mark, lines: lines, line: first))
                    (mark, begin, lines) = (nil, nil, [])
                } else {
                    lines.append(line)
                }
            } else if word.hasPrefix(Self.fence) {
                begin = (index + 1, word)
            } else if let match = word.wholeMatch(of: /<!-- test: (.+) -->/) {
                mark = String(match.1)
                testOfAll = mark?.after("page by ") ?? testOfAll
            } else {
                mark = word.isEmpty ? mark : nil
                prose.append(line)
            }
        }
        try #require(begin == nil, "\(path) has a block without an end")
    }

    /// Returns the block that contains a line.
    func block(with line: String) throws -> CodeBlock {
        try #require(blocks.first { $0.lines.contains(line) }, "\(path) has no block with the line '\(line)'")
    }

    /// The paths of all pages of the repository, without those of the libraries' reference, which `make reference` builds.
    static let all: [String] = {
        let files = FileManager.default.enumerator(atPath: TestedExecutable.package)
        var paths: [String] = []
        while let path = files?.nextObject() as? String {
            if path.hasPrefix(".") || path.hasSuffix(".docc") {
                files?.skipDescendants()
            } else if path.hasSuffix(".md") {
                paths.append(path)
            }
        }
        return paths.sorted()
    }()
}

// MARK: - Links

extension DocumentationPage {
    /// What its links and pictures point to.
    var links: [String] {
        prose.map { $0.replacing(/`[^`]*`/, with: "code") }
            .flatMap { $0.matches(of: /\]\(([^)]*)\)|(?:href|src)="([^"]*)"/) }
            .map { String($0.1 ?? $0.2 ?? "") }
    }

    /// The names by which links point to its headings, as they are made where Markdown is shown.
    var anchors: Set<String> {
        var counts: [String: Int] = [:]
        let names = prose.compactMap { $0.wholeMatch(of: /#+ (.+)/) }.map { heading in
            let text = heading.1.replacing(/\]\([^)]*\)/, with: "").lowercased()
            let name = text.filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }.replacing(" ", with: "-")
            defer { counts[name, default: 0] += 1 }
            return counts[name].map { "\(name)-\($0)" } ?? name
        }
        return Set(names)
    }
}
