import ListenerKit

/// Finds the JSON objects of a log in the lines in which a container runtime has kept it.
///
/// Docker keeps each line in an object of its own, and CRI behind a prefix; both cut long ones into pieces. What comes before an object
/// otherwise, such as the name that `docker compose logs` adds, is skipped.
struct LogEnvelopes {
    /// Pieces of lines that are not whole yet, by the stream that they are from.
    private var pieces: [String: [UInt8]] = [:]

    /// How each line of ours begins.
    private static let beginning = Array(#"{"time":""#.utf8)

    /// Returns the object of a line; nil if there is none, or if it is only a piece.
    mutating func object(in line: ArraySlice<UInt8>) -> JSONValue? {
        if line.first == UInt8(ascii: "{") {
            return (try? JSONValue(line)).flatMap { openDocker($0) }
        }
        if let (stream, isWhole, content) = openCRI(line) {
            return join(content, stream, isWhole: isWhole)
        }
        return line.firstOccurrence(of: Self.beginning).flatMap { try? JSONValue(line[$0...]) }
    }

    /// Opens `{"log":"…\n","stream":"stderr","time":"…"}`.
    private mutating func openDocker(_ object: JSONValue) -> JSONValue? {
        guard object["event"] == nil, let text = object["log"]?.text else {
            return object
        }
        let content = Array(text.utf8)
        let isWhole = content.last == UInt8(ascii: "\n")
        return join(isWhole ? content.dropLast() : content[...], object["stream"]?.text ?? "", isWhole: isWhole)
    }

    /// Opens `2026-11-28T13:00:00.123456789Z stderr F …`; `P` says that more of the line follows.
    private func openCRI(_ line: ArraySlice<UInt8>) -> (stream: String, isWhole: Bool, content: ArraySlice<UInt8>)? {
        let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[2].first == UInt8(ascii: "F") || parts[2].first == UInt8(ascii: "P") else {
            return nil
        }
        let stream = String(decoding: parts[1], as: UTF8.self)
        guard stream == "stdout" || stream == "stderr" else {
            return nil
        }
        return (stream, parts[2].first == UInt8(ascii: "F"), parts[3])
    }

    private mutating func join(_ content: ArraySlice<UInt8>, _ stream: String, isWhole: Bool) -> JSONValue? {
        guard isWhole else {
            let known = pieces[stream]?.count ?? 0
            if known + content.count <= LogFile.longestLine {
                pieces[stream, default: []] += content
            }
            return nil
        }
        let line = pieces.removeValue(forKey: stream).map { $0[...] + content } ?? content
        return line.firstOccurrence(of: Self.beginning).flatMap { try? JSONValue(line[$0...]) }
    }
}
