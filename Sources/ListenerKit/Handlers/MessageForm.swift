/// A handler whose lines go to the stream of the program's own messages, and which can give these its own form.
package protocol MessageForm: Handler {
    /// How the program's own messages read.
    ///
    /// - Parameter request: All handlers and options.
    /// - Returns: The form; `nil` if they are text for people.
    static func messageForm(_ request: ListenRequest) -> Reporter.Form?
}

extension ListenRequest {
    /// How the program's own messages read, so that a stream is of one form; `nil` if they are text for people.
    package var messageForm: Reporter.Form? {
        for case let handler as any MessageForm.Type in handlers {
            if let form = handler.messageForm(self) {
                return form
            }
        }
        return nil
    }
}
