import ListenerKit

/// How long a program takes from its start to where it should be, as the command line has it: `database=2.5`.
struct ProgramDuration: Equatable, OptionValue {
    /// The program, or what supervisorctl calls its processes.
    let name: String
    /// The seconds.
    let seconds: Double

    static let optionRequirement = "NAME=SECONDS"

    var optionText: String { "\(name)=\(seconds.optionText)" }

    init?(optionText: String) {
        guard let separator = optionText.utf8.lastIndex(of: UInt8(ascii: "=")), separator > optionText.startIndex,
            let seconds = Double(optionText: String(optionText[optionText.utf8.index(after: separator)...])),
            seconds >= 0
        else {
            return nil
        }
        name = String(optionText[..<separator])
        self.seconds = seconds
    }
}
