/// A handler that writes to the stream of the program's own messages, and can give these the form of its own lines.
package protocol MessageForm: Handler {
    /// Returns the form of the program's own messages.
    ///
    /// - Parameter request: The selected handlers, and all options.
    /// - Returns: The form; nil for plain text.
    static func messageForm(_ request: ListenRequest) -> Reporter.Form?
}

extension ListenRequest {
    /// The form of the program's own messages, so that one stream has one form; nil for plain text.
    package var messageForm: Reporter.Form? {
        for case let handler as any MessageForm.Type in handlers {
            if let form = handler.messageForm(self) {
                return form
            }
        }
        return nil
    }
}
