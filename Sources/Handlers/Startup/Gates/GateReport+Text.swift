extension GateReport {
    /// The report as text, for whoever asks.
    package var text: [UInt8] { [] }
}
