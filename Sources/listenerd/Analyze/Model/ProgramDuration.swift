import ListenerKit

/// How long a program takes from its start to where it should be, as the command line has it: `database=2.5`.
struct ProgramDuration: Equatable, OptionValue {
    /// The program, or what supervisorctl calls its processes.
    let name: String
    /// The seconds.
    let seconds: Double

    static let optionRequirement = "NAME=SECONDS"
    /// More than any startup takes.
    private static let longest = 1e6

    var optionText: String { "\(name)=\(seconds.optionText)" }

    init?(optionText: String) {
        guard let separator = optionText.utf8.lastIndex(of: UInt8(ascii: "=")), separator > optionText.startIndex,
            case let text = String(optionText[optionText.utf8.index(after: separator)...]),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
            let seconds = Double(optionText: text), seconds <= Self.longest
        else {
            return nil
        }
        name = String(optionText[..<separator])
        self.seconds = seconds
    }
}
