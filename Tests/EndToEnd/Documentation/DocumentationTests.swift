import ExecutableTesting
import Foundation
import Testing

/// Every command, configuration and transcript of the pages is tried.
@Suite struct DocumentationTests {
    /// How many blocks of each page nothing can run here.
    private static let notRun = ["Documentation/check.md": 1, "README.md": 1]

    @Test(arguments: DocumentationPage.all)
    func everyBlockIsTested(path: String) throws {
        let page = try DocumentationPage(path)
        if let test = page.testOfAll {
            #expect(TestNames.all.contains(test), "\(path): there is no test \(test)")
            return
        }
        let checks = page.blocks.map { ($0, BlockCheck($0)) }
        for (block, check) in checks {
            switch check {
            case nil:
                Issue.record("\(path):\(block.line): a comment '<!-- test: … -->' must say how this block is tested")
            case .shown(let test):
                #expect(TestNames.all.contains(test), "\(path):\(block.line): there is no test \(test)")
            default:
                break
            }
        }
        #expect(checks.count { $0.1 == .notRun } == Self.notRun[path] ?? 0, "\(path): see the table in this suite")
    }

    @Test(arguments: DocumentationPage.all)
    func whatIsShownIsWhatHappens(path: String) async throws {
        let page = try DocumentationPage(path)
        guard page.testOfAll == nil else {
            return
        }
        try await Supervisord.withSlots {
            let run = try PageRun()
            defer { run.killEverything() }
            for block in page.blocks {
                try await run.expect(block, try #require(BlockCheck(block)))
            }
        }
    }

    @Test(arguments: DocumentationPage.all)
    func noLinkIsDead(path: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent().relativePath
        for link in try DocumentationPage(path).links {
            let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if link.contains("://") {
                #expect(
                    link.wholeMatch(of: /https?:\/\/[\w.-]+\.[a-z]+(:[0-9]+)?(\/[^\s]*)?/) != nil,
                    "\(path): \(link)"
                )
                continue
            }
            let target = parts[0].isEmpty ? path : Self.path(parts[0], in: folder)
            let isThere = FileManager.default.fileExists(atPath: "\(TestedExecutable.package)/\(target)")
            #expect(isThere, "\(path) links to \(link)")
            if isThere, parts.count == 2 {
                #expect(try DocumentationPage(target).anchors.contains(parts[1]), "\(path) links to \(link)")
            }
        }
    }

    @Test func theReadmeIsShort() throws {
        let text = try String(contentsOfFile: "\(TestedExecutable.package)/README.md", encoding: .utf8)
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 251)
    }

    @Test func theIndexHasEveryPage() throws {
        let links = try DocumentationPage("Documentation/README.md").links.map { "Documentation/\($0)" }
        let pages = DocumentationPage.all.filter { $0.hasPrefix("Documentation/") }
        #expect(Set(pages).subtracting(links) == ["Documentation/README.md"])
    }

    @Test func everyPromiseIsShownByATestThatExists() throws {
        let rows = try DocumentationPage("Documentation/promises.md").prose.filter { $0.hasPrefix("| ") }
        let promises = rows.filter { !$0.hasPrefix("| promise |") }
        #expect(promises.count > 50)
        for promise in promises {
            let names = promise.split(separator: "|").last?.matches(of: /`([^`]+)`/).map { String($0.1) } ?? []
            #expect(!names.isEmpty, "\(promise)")
            for name in names where !name.hasPrefix("make ") {
                #expect(TestNames.all.contains(name), "there is no test \(name)")
            }
        }
    }

    @Test func everyFolderOfTheSourcesIsDescribed() throws {
        let page = try DocumentationPage("Documentation/maintaining.md").prose.joined(separator: "\n")
        let sources = "\(TestedExecutable.package)/Sources"
        for module in try FileManager.default.contentsOfDirectory(atPath: sources) {
            #expect(page.contains("`Sources/\(module)`"))
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(sources)/\(module)")
            where !name.contains(".") {
                #expect(page.contains("`\(name)`"), "Sources/\(module)/\(name)")
            }
        }
    }

    @Test func theDiagramIsThatOfItsPlan() throws {
        let page = try DocumentationPage("Documentation/plan-and-status.md")
        let diagram = try #require(page.blocks.first { $0.language == "mermaid" })
        let plan = try page.block(with: "$ listenerd plan -c supervisord.conf --format mermaid")
        #expect(diagram.lines == Array(plan.lines.dropFirst()))
    }

    private static func path(_ link: String, in folder: String) -> String {
        var parts = folder.split(separator: "/").filter { $0 != "." }
        for part in link.split(separator: "/") where part != "." {
            if part == ".." {
                _ = parts.popLast()
            } else {
                parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }
}
