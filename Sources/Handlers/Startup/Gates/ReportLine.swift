import ListenerKit

/// A line of a ``GateReport`` as text: fields with a tab between them, each a `+` and a text, or a `-` if it is absent.
struct ReportLine: Equatable {
    /// The texts of the fields; nil for one that is absent.
    let fields: [String?]

    private static let tab = UInt8(ascii: "\t")
    private static let newline = UInt8(ascii: "\n")
    private static let backslash = UInt8(ascii: "\\")
    private static let present = UInt8(ascii: "+")
    private static let absent = UInt8(ascii: "-")

    /// Makes a line of fields.
    init(_ fields: String?...) {
        self.fields = fields
    }

    /// Reads a line, without its newline; nil results if it is not one.
    init?(_ line: ArraySlice<UInt8>) {
        var fields: [String?] = []
        for field in line.split(separator: Self.tab, omittingEmptySubsequences: false) {
            if field.elementsEqual(CollectionOfOne(Self.absent)) {
                fields.append(nil)
            } else if field.first == Self.present, let text = Self.unescaped(field.dropFirst()) {
                fields.append(text)
            } else {
                return nil
            }
        }
        self.fields = fields
    }

    /// The line, with its newline.
    var bytes: [UInt8] {
        let fields = fields.map { $0.map { [Self.present] + Self.escaped($0) } ?? [Self.absent] }
        return Array(fields.joined(separator: [Self.tab])) + [Self.newline]
    }

    private static func escaped(_ text: String) -> [UInt8] {
        text.utf8.flatMap { byte in
            switch byte {
            case tab: [backslash, UInt8(ascii: "t")]
            case newline: [backslash, UInt8(ascii: "n")]
            case backslash: [backslash, backslash]
            default: [byte]
            }
        }
    }

    private static func unescaped(_ field: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var rest = field
        while let byte = rest.popFirst() {
            guard byte == backslash else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "t"): bytes.append(tab)
            case UInt8(ascii: "n"): bytes.append(newline)
            case backslash: bytes.append(backslash)
            default: return nil
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
