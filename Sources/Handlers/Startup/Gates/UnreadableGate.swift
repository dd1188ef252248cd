/// Why a gate cannot be read.
struct UnreadableGate: Error, Equatable {
    /// What is wrong, and what to write instead, as a phrase without a full stop.
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
