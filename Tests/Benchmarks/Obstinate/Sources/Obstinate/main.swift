import Handlers
import ListenerKit

// A listener whose own handlers never finish their first event, each in another way: other handlers must not be held up.

/// Waits for ever, without holding up its thread.
struct Hanging: EventHandler {
    static let name = "hang"
    static let summary = "wait for ever"

    init(_ context: Context) {}

    func handle(_ event: Event) async {
        await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
    }
}

/// Holds up its thread for ever.
struct Spinning: EventHandler {
    static let name = "spin"
    static let summary = "compute for ever"

    init(_ context: Context) {}

    func handle(_ event: Event) {
        while true {}
    }
}

/// Lets others run again and again, and never comes to rest.
struct Yielding: EventHandler {
    static let name = "yield"
    static let summary = "yield for ever"

    init(_ context: Context) {}

    func handle(_ event: Event) async {
        while true {
            await Task.yield()
        }
    }
}

Listener.main(builtInHandlers + [Hanging.self, Spinning.self, Yielding.self])
