import ListenerKit

/// Finds the marks of template engines in the lines of a file.
struct TemplateReader {
    /// The first mark, with its line, from 1; nil if there is none.
    private(set) var first: (mark: String, line: Int)?
    /// The lines that have a mark in their text, from 1.
    private(set) var lines: Set<Int> = []
    /// Whether a line is a tag that is not merely a comment.
    private(set) var hasTags = false
    /// The file, with tags in place of which there is an empty comment.
    private(set) var text: [UInt8] = []

    private let bytes: [UInt8]
    private var number = 0
    /// The mark that ends the tag which an earlier line has begun.
    private var end: [UInt8]?

    private typealias Mark = (begin: String, end: String)
    private static let marks: [Mark] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<%", "%>")]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads the whole file.
    mutating func readLines() {
        var start = 0
        while start < bytes.count {
            let line = INIReader.line(from: start, in: bytes)
            number += 1
            if isTag(bytes[start..<line.end]) {
                text.append(UInt8(ascii: ";"))
            } else {
                text += bytes[start..<line.end]
            }
            text += bytes[line.end..<min(line.next, bytes.count)]
            start = line.next
        }
    }

    /// Returns whether a line is a tag, or a part of one; notes its marks.
    private mutating func isTag(_ line: ArraySlice<UInt8>) -> Bool {
        if let end {
            if line.firstOccurrence(of: end) != nil {
                self.end = nil
            }
            return true
        }
        let content = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard let sign = content.first, sign != UInt8(ascii: ";"), sign != UInt8(ascii: "#"),
            let (index, mark) = Self.firstMark(in: content)
        else {
            return false
        }
        first = first ?? (mark.begin, number)
        lines.insert(number)
        guard index == content.startIndex else {
            return false
        }
        hasTags = hasTags || mark.begin != "{#"
        if content.firstOccurrence(of: mark.end.utf8) == nil {
            end = Array(mark.end.utf8)
        }
        return true
    }

    private static func firstMark(in line: ArraySlice<UInt8>) -> (index: Int, mark: Mark)? {
        marks.compactMap { mark in
            line.firstOccurrence(of: mark.begin.utf8).flatMap { isMark(mark, at: $0, in: line) ? ($0, mark) : nil }
        }
        .min { $0.0 < $1.0 }
    }

    /// Whether what looks like a mark is one: not the braces of JSON or a shell, nor what docker takes as a format.
    private static func isMark(_ mark: Mark, at index: Int, in line: ArraySlice<UInt8>) -> Bool {
        let rest = line[(index + 2)...]
        let isClosed = rest.firstOccurrence(of: mark.end.utf8) != nil
        switch mark.begin {
        case "{{":
            let isFormat = line[..<index].firstOccurrence(of: "format".utf8) != nil
            return isClosed && !isFormat && rest.first != UInt8(ascii: "}")
        case "{#": return index == line.startIndex || isClosed && line[index - 1] != UInt8(ascii: "$")
        default: return isClosed || index == line.startIndex
        }
    }
}

extension String {
    /// Whether a value has something for a template engine to fill in.
    var isTemplate: Bool {
        var reader = TemplateReader(Array(utf8))
        reader.readLines()
        return reader.first != nil
    }
}
