import Handlers
import ListenerKit

extension CheckRules {
    /// The rules about values of several lines, and about lines that belong to a value or should.
    static let continuations = [swallowedSection, swallowedKey, lostContinuation, cutQuotation]

    private static let swallowedSection = CheckRule(
        "swallowed-section",
        .warning,
        "a section header that is indented under a value",
        reason: """
            An indented line continues the value above it: the section does not exist, and its keys are set elsewhere.
            """
    ) { checked, findings in
        checked.forEachLongValue { option, lines, _ in
            for line in lines.dropFirst() where line.isHeader {
                let message = "\(line.text) is indented, so it is part of \(option.key)=; remove the indentation"
                findings.add(line.location, message)
            }
        }
    }

    private static let swallowedKey = CheckRule(
        "swallowed-key",
        .warning,
        "a key that is indented under the value of another one",
        reason: """
            An indented line continues the value above it: the key is not set, and the value above has it in its text.
            """
    ) { checked, findings in
        checked.forEachLongValue { option, lines, section in
            let kind = SectionKind(sectionName: section.name)
            let kinds = kind.map { [$0] } ?? SectionKind.allCases
            let known =
                kinds.flatMap { SupervisordKey.names(in: $0) } + (kind?.runsPrograms == true ? StartupKeys.all : [])
            // What follows a header is swallowed with it.
            for line in lines.dropFirst().prefix(while: { !$0.isHeader }) where !line.isExpected {
                if let end = line.text.utf8.firstIndex(of: UInt8(ascii: "=")),
                    case let key = String(line.text[..<end]).strippedAsPython, known.contains(key)
                {
                    let message = "\(key)= is indented, so it is part of \(option.key)=; remove the indentation"
                    findings.add(line.location, message)
                }
            }
        }
    }

    private static let lostContinuation = CheckRule(
        "lost-continuation",
        .warning,
        "a line that should continue the value above it, but is not indented",
        reason:
            "It is a key of its own, which nothing reads, or which sets something else; the value above ends too soon."
    ) { checked, findings in
        for lost in checked.lostContinuations {
            guard let first = lost.lines.first else {
                continue
            }
            let line = checked.sources[first.location]?.strippedAsPython ?? "\(first.key)=\(first.text)"
            let more = lost.lines.count - 1
            let subject = more > 0 ? "\(line.quoted) and \(more) more are" : "\(line.quoted) is"
            let remedy = more > 0 ? "they are not indented; indent them" : "it is not indented; indent it"
            findings.add(first.location, "\(subject) not part of \(lost.owner.key)= above, because \(remedy)")
        }
    }

    private static let cutQuotation = CheckRule(
        "cut-quotation",
        .warning,
        "a ' ;' or ' #' in quotes, in a value of several lines",
        reason: "The rest of the line is a comment, even in quotes, and supervisord runs what is left."
    ) { checked, findings in
        checked.forEachLongValue { option, lines, section in
            guard option.key == "command" || option.key == "environment" else {
                return
            }
            var quotation = Quotation()
            for line in lines {
                quotation.read(line.text)
                if line.hasComment, quotation.isOpen {
                    findings.add(
                        line.location,
                        """
                        \(option.key) in [\(section.name)] ends here within quotes, because what follows ' ;' or ' #' is a \
                        comment; remove the space before it
                        """
                    )
                }
            }
        }
    }
}

extension ValueLine {
    /// Whether it is the header of a section that supervisord would read.
    fileprivate var isHeader: Bool {
        text.utf8.first == UInt8(ascii: "[") && text.utf8.last == UInt8(ascii: "]")
            && SectionKind(sectionName: String(text.dropFirst().dropLast())) != nil
    }
}

/// Whether text ends within quotes.
private struct Quotation {
    private var mark: Unicode.Scalar?
    var isOpen: Bool { mark != nil }

    /// Goes on with a line of the text.
    mutating func read(_ line: String) {
        var isEscaped = false
        for scalar in line.unicodeScalars {
            if isEscaped {
                isEscaped = false
            } else if scalar == "\\", mark != "'" {
                isEscaped = true
            } else if let open = mark {
                mark = scalar == open ? nil : open
            } else if scalar == "\"" || scalar == "'" {
                mark = scalar
            }
        }
    }
}
