/// How far a handler has come with an event without waiting for anything.
package enum Beginning {
    /// It has handled the event.
    case done
    /// It is done once the function has returned.
    case unfinished(rest: () async -> Void)
    /// It has done nothing yet.
    case notBegun
}
