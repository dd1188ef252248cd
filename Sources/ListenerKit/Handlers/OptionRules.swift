/// A handler whose options do not all go together, or not with those of others.
package protocol OptionRules: Handler {
    /// Looks at what was asked for.
    ///
    /// - Parameter request: All handlers and options.
    /// - Throws: ``UsageError`` where it cannot be carried out.
    static func check(_ request: ListenRequest) throws(UsageError)
}
