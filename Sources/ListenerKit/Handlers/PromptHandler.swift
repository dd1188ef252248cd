/// A handler that is done with most events at once.
///
/// An asynchronous call takes longer than what most events ask of a handler, so it is called as a plain function first.
package protocol PromptHandler: Handler, AnyObject {
    /// Handles an event, or begins to; called as ``Handler`` describes.
    ///
    /// - Parameter event: The event, of any kind that the handler wants.
    /// - Returns: What is left to do. The methods for events are called only if it has not begun.
    func begin(_ event: Event) -> Beginning
}
