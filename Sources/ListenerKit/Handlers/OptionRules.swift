/// A handler whose options depend on each other, or on those of other handlers.
public protocol OptionRules: Handler {
    /// Checks what the command line asks for, after each option has been read; called if the handler is selected.
    ///
    /// - Parameter request: The selected handlers, and all options.
    /// - Throws: ``UsageError`` if the options cannot be combined like this; the program reports it and ends with status 64.
    static func check(_ request: ListenRequest) throws(UsageError)
}
