/// The outcome of an attempt.
package enum ProbeOutcome: Hashable, Sendable {
    /// The probe shows that the program is ready.
    case passed
    /// It does not, and why: `connection refused`, `HTTP 503`, the last line of a command.
    case failed(String)
}
