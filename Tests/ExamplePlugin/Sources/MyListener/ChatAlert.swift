import Foundation
import FoundationNetworking
import ListenerKit

/// Posts a message to a chat when supervisord gives a program up.
struct ChatAlert: ProcessStateHandler {
    static let name = "chat-alert"
    static let summary = "post to a chat when a program is FATAL"
    static let events: [EventKind] = [.processStateFatal]
    static var options: [any OptionDeclaration] { [url] }

    static let url = RequiredOption<URL>("url", "url", help: "the chat's webhook")
    private static let delays: [Duration] = [.milliseconds(200), .milliseconds(400)]

    let context: Context
    let url: URL

    init(_ context: Context) throws {
        self.context = context
        url = try context[Self.url]
    }

    func handle(_ event: ProcessStateEvent) async throws {
        guard event.state == .fatal else {
            return
        }
        let process = try await context.supervisor().processInfo(of: event.process)
        try await post("\(event.process) is FATAL: \(process.spawnError ?? "no reason given")")
    }

    private func post(_ text: String) async throws {
        var request = URLRequest(url: url, timeoutInterval: 10)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONEncoder().encode(["text": text])
        for delay in Self.delays {
            do {
                return try await send(request)
            } catch {
                try await Task.sleep(for: delay)
            }
        }
        try await send(request)
    }

    private func send(_ request: URLRequest) async throws {
        let (_, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard status == 200 else {
            throw ChatError(status: status)
        }
    }
}

struct ChatError: Error, CustomStringConvertible {
    let status: Int

    var description: String { "the chat answered with HTTP status \(status)" }
}

extension URL: @retroactive OptionValue {
    /// What errors say that a value must be.
    public static var optionRequirement: String { "an http or https URL" }

    /// The URL as it is typed.
    public var optionText: String { absoluteString }

    /// Reads an argument; nil if it is no such URL.
    public init?(optionText: String) {
        guard let url = URL(string: optionText), ["http", "https"].contains(url.scheme) else {
            return nil
        }
        self = url
    }
}
