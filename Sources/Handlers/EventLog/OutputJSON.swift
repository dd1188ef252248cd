import ListenerKit

/// How a line of a program's output is logged that is itself a JSON object.
package enum OutputJSON: String, CaseIterable, OptionValue {
    /// As the object that it is, beside its text.
    case nest
    /// As text alone.
    case text
}
