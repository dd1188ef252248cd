import ListenerKit
import Testing

@testable import listenerd

/// The line for the service manager.
@Suite struct StopProgressTests {
    private static func names(_ text: String) -> [ProcessName] {
        text.split(separator: " ").compactMap { ProcessName(String($0)) }
    }

    @Test(arguments: [
        (20, "db web api", "db web", "stopping: 17 of 20 stopped; waits for db, web"),
        (20, "g:a g:b c d e", "g:a g:b c d e", "stopping: 15 of 20 stopped; waits for g:a, g:b, c and 2 more"),
        (3, "", "", "stopping: 3 of 3 stopped"),
        (0, "", "", "stopping: 0 of 0 stopped"),
        // One was started meanwhile.
        (1, "a b", "b", "stopping: 0 of 1 stopped; waits for b"),
    ])
    func theLineNamesWhatIsWaitedFor(total: Int, remaining: String, stopping: String, text: String) {
        let progress = StopProgress(
            total: total,
            remaining: Self.names(remaining),
            stopping: Self.names(stopping)
        )
        #expect(progress.text == text)
    }
}
