/// A conversion of text to the type of a value, by supervisord's rules.
struct Conversion<Value>: Sendable {
    /// The form of the text, as the words that follow "must be" in a message.
    let expectation: String
    /// Returns the value; nil if the text is invalid.
    let convert: @Sendable (String) -> Value?
}

extension Conversion<Int> {
    static let integer = Conversion(expectation: "an integer") { PythonInteger.read($0) }
    static let octal = Conversion(expectation: "an octal number such as 022") { PythonInteger.read($0, radix: 8) }
    static let byteSize = Conversion(expectation: "a number of bytes such as 1024, 500KB or 50MB") { text in
        let suffix = text.utf8.suffix(2)
        guard suffix.count == 2, suffix.last.map({ $0 | 0x20 }) == UInt8(ascii: "b"),
            let shift = shifts.first(where: { $0.letter == suffix.first.map { $0 | 0x20 } })?.shift
        else {
            return PythonInteger.read(text)
        }
        guard let count = PythonInteger.read(String(Substring(text.utf8.dropLast(2)))) else {
            return nil
        }
        let (product, overflowed) = count.multipliedReportingOverflow(by: 1 << shift)
        return !overflowed ? product : count < 0 ? .min : .max
    }
    private static let shifts: [(letter: UInt8, shift: Int)] = [
        (UInt8(ascii: "k"), 10), (UInt8(ascii: "m"), 20), (UInt8(ascii: "g"), 30),
    ]
    static let signal = Conversion(expectation: "a signal such as TERM, HUP or 15") { text in
        if let number = PythonInteger.read(text) {
            return (0...31).contains(number) || number == 34 || number == 64 ? number : nil
        }
        let name = text.strippedAsPython.asciiUppercased
        return signals[name.utf8.starts(with: "SIG".utf8) ? String(name.dropFirst(3)) : name]
    }

    private static let signals: [String: Int] = [
        "HUP": 1, "INT": 2, "QUIT": 3, "ILL": 4, "TRAP": 5, "ABRT": 6, "IOT": 6, "BUS": 7, "FPE": 8, "KILL": 9,
        "USR1": 10, "SEGV": 11, "USR2": 12, "PIPE": 13, "ALRM": 14, "TERM": 15, "STKFLT": 16, "CHLD": 17, "CLD": 17,
        "CONT": 18, "STOP": 19, "TSTP": 20, "TTIN": 21, "TTOU": 22, "URG": 23, "XCPU": 24, "XFSZ": 25, "VTALRM": 26,
        "PROF": 27, "WINCH": 28, "IO": 29, "POLL": 29, "PWR": 30, "SYS": 31, "RTMIN": 34, "RTMAX": 64,
    ]
}

extension Conversion<UInt16> {
    static let port = Conversion(expectation: "a port from 1 to 65535") { text in
        PythonInteger.read(text).flatMap { $0 == 0 ? nil : UInt16(exactly: $0) }
    }
}

extension Conversion<[Int]> {
    static let exitCodes = Conversion(expectation: "a list of exit codes from 0 to 255, separated by commas") { text in
        var codes: [Int] = []
        for item in text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let code = PythonInteger.read(String(item)), (0...255).contains(code) else {
                return nil
            }
            codes.append(code)
        }
        return codes
    }
}

extension Conversion<Bool> {
    static let boolean = Conversion(expectation: "true or false (or yes, on, 1, no, off, 0)") { text in
        switch text.asciiLowercased {
        case "yes", "true", "on", "1": true
        case "no", "false", "off", "0": false
        default: nil
        }
    }
}

extension Conversion<Autorestart> {
    static let autorestart = Conversion(expectation: "true, false or unexpected") { text in
        if text.asciiLowercased == "unexpected" {
            return .unexpected
        }
        return Conversion<Bool>.boolean.convert(text).map { $0 ? .always : .never }
    }
}

extension Conversion<FileOwner> {
    static let owner = Conversion(expectation: "a user, or a user and a group such as web:www") { FileOwner($0) }
}

extension Conversion<String> {
    /// A user name can be resolved by nobody if it is empty, or contains a colon.
    static let user = Conversion(expectation: "the name or the id of a user") { text in
        text.isEmpty || text.utf8.contains(UInt8(ascii: ":")) ? nil : text
    }
    static let nonEmpty = Conversion(expectation: "given, or the key removed") { $0.isEmpty ? nil : $0 }
    static let logLevel = Conversion(
        expectation: "one of critical, error, warn, info, debug, trace and blather"
    ) { text in
        let levels = ["critical", "error", "warn", "info", "debug", "trace", "blather"]
        let level = text.asciiLowercased
        return levels.contains(level) ? level : nil
    }
}
