import ListenerKit

/// One sample of a metric, as a line of text has it.
struct MetricsSample {
    /// Its metric.
    let metric: Metric
    /// The values of its labels.
    let labels: [String: String]
    private let value: ArraySlice<UInt8>

    /// Reads a line; nil if it is no sample of a known metric.
    init?(_ line: ArraySlice<UInt8>) {
        let name = line.prefix { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: " ") }
        guard let metric = Metric(rawValue: String(decoding: name, as: UTF8.self)) else {
            return nil
        }
        self.metric = metric
        var rest = line[name.endIndex...]
        guard let labels = Self.readLabels(&rest), rest.popFirst() == UInt8(ascii: " "), !rest.isEmpty else {
            return nil
        }
        self.labels = labels
        value = rest
    }

    /// The process that it is about; nil if it has no such labels.
    var process: ProcessName? {
        guard let group = labels["group"], let name = labels["name"] else {
            return nil
        }
        return ProcessName(group: group, process: name)
    }

    /// The value of a counter; nil if it is none.
    var count: Int? { Int(decimal: value).flatMap { $0 < 0 ? nil : $0 } }

    /// The value in milliseconds, of seconds with three digits after the point; nil if it is not that.
    var milliseconds: Int? {
        let parts = value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 3, let seconds = Int(decimal: parts[0]), seconds >= 0,
            let rest = Int(decimal: parts[1]), rest >= 0
        else {
            return nil
        }
        let (product, overflows) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, isTooLarge) = product.addingReportingOverflow(rest)
        return overflows || isTooLarge ? nil : sum
    }

    /// Reads labels in braces, if there are any; nil if they do not end.
    private static func readLabels(_ rest: inout ArraySlice<UInt8>) -> [String: String]? {
        var labels: [String: String] = [:]
        guard rest.first == UInt8(ascii: "{") else {
            return labels
        }
        repeat {
            rest.removeFirst()
            let key = rest.prefix { $0 != UInt8(ascii: "=") }
            rest = rest[key.endIndex...].dropFirst()
            guard rest.popFirst() == UInt8(ascii: "\""), let value = readValue(&rest) else {
                return nil
            }
            labels[String(decoding: key, as: UTF8.self)] = value
        } while rest.first == UInt8(ascii: ",")
        return rest.popFirst() == UInt8(ascii: "}") ? labels : nil
    }

    /// Reads the value of a label and the quotation mark after it.
    private static func readValue(_ rest: inout ArraySlice<UInt8>) -> String? {
        var value: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""):
                return String(decoding: value, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else {
                    return nil
                }
                value.append(escaped == UInt8(ascii: "n") ? UInt8(ascii: "\n") : escaped)
            default:
                value.append(byte)
            }
        }
        return nil
    }
}
