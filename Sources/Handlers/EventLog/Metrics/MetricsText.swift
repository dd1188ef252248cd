import ListenerKit

/// Writes metrics in Prometheus' text format, version 0.0.4.
struct MetricsText {
    /// The value of a sample.
    enum Value {
        case integer(Int)
        /// Written as seconds.
        case milliseconds(Int)
    }

    /// What every such text begins with.
    static let beginning = Array("# HELP".utf8)

    /// The text so far.
    private(set) var bytes: [UInt8] = []

    /// Writes what begins the samples of a metric.
    mutating func begin(_ metric: Metric) {
        bytes.append(contentsOf: Self.beginning)
        bytes.append(UInt8(ascii: " "))
        bytes.append(text: metric.rawValue)
        bytes.append(" ")
        bytes.append(metric.help)
        bytes.append("\n# TYPE ")
        bytes.append(text: metric.rawValue)
        bytes.append(" ")
        bytes.append(metric.type)
        bytes.append("\n")
    }

    /// Writes a sample.
    ///
    /// - Parameters:
    ///   - metric: Its metric, which has been begun.
    ///   - value: Its value.
    ///   - labels: Its labels, separated by commas; empty if there are none.
    ///   - more: Another label, with a comma before it.
    mutating func add(_ metric: Metric, _ value: Value, _ labels: [UInt8] = [], _ more: StaticString = "") {
        bytes.append(text: metric.rawValue)
        if !labels.isEmpty {
            bytes.append("{")
            bytes.append(contentsOf: labels)
            bytes.append(more)
            bytes.append("}")
        }
        bytes.append(" ")
        switch value {
        case .integer(let number):
            bytes.append(decimal: number)
        case .milliseconds(let milliseconds):
            bytes.append(decimal: milliseconds / 1000)
            bytes.append(".")
            bytes.append(decimal: milliseconds % 1000, digits: 3)
        }
        bytes.append("\n")
    }

    /// Returns the labels of a process.
    static func labels(_ process: ProcessName) -> [UInt8] {
        var labels: [UInt8] = []
        labels.append("name=\"")
        labels.append(labelValue: process.process)
        labels.append("\",group=\"")
        labels.append(labelValue: process.group)
        labels.append("\"")
        return labels
    }
}

extension [UInt8] {
    /// Appends the value of a label, in which only three characters are escaped.
    fileprivate mutating func append(labelValue text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\n"): append("\\n")
            default: append(byte)
            }
        }
    }
}
