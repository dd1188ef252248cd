/// The record of a run lacks something, or has it in another form than this version writes.
package struct MalformedRecord: Error, Equatable {
    /// What is wrong, in a sentence without a full stop.
    package let reason: String

    /// Describes what is wrong.
    package init(_ reason: String) {
        self.reason = reason
    }
}
