import ListenerKit

/// A file that becomes a configuration only once a template engine has filled it in: Jinja, ERB, Go's, and others like them.
struct Template: Sendable {
    /// The file without the lines that are tags.
    let text: [UInt8]
    /// The lines with something to fill in, from 1.
    let lines: Set<Int>
    /// Whether tags decide which lines there are.
    let hasTags: Bool
    private let mark: String
    private let firstLine: Int

    /// The rule by which a template is named.
    static let rule = ConfigurationRule(
        "template",
        .warning,
        "a template, which is no configuration until it has been filled in",
        reason: "supervisord knows none of {{ }}, {% %} and <%= %>: check the file that is made of it as well."
    )

    /// Recognizes a template; nil results for any other file.
    init?(_ bytes: [UInt8]) {
        guard bytes.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "<") }) else {
            return nil
        }
        var reader = TemplateReader(bytes)
        reader.readLines()
        guard let (mark, line) = reader.first else {
            return nil
        }
        text = reader.text
        lines = reader.lines
        hasTags = reader.hasTags
        self.mark = mark
        firstLine = line
    }

    /// Returns the one problem that is reported for the file.
    func problem(in file: String) -> ConfigurationProblem {
        let words = hasTags ? "only its keys are checked" : "values with such marks are not checked"
        return ConfigurationProblem(
            Self.rule,
            at: ConfigurationLocation(file: file, line: firstLine),
            "\(mark.quoted) makes this a template, and \(words); check the file that is made of it as well"
        )
    }
}
