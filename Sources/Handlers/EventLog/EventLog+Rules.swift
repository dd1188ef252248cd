public import ListenerKit

extension EventLog: OptionRules {
    /// Rejects combinations of options that contradict each other.
    ///
    /// - Parameter request: The selected handlers, and all options.
    /// - Throws: ``UsageError`` if there is one.
    public static func check(_ request: ListenRequest) throws(UsageError) {
        if let path = request.value(of: file, handler: name), path == request.value(of: metricsFile, handler: name) {
            throw .other("'--\(name)-\(file.name)' and '--\(name)-\(metricsFile.name)' name the same file")
        }
        if request.value(of: outputJSON, handler: name) != .text, !request.value(of: output, handler: name) {
            throw .other("'--\(name)-\(outputJSON.name)' needs '--\(name)-\(output.name)'")
        }
    }
}
