/// Why a value cannot be expanded.
enum ExpansionError: Error, Equatable {
    /// A `%` is neither part of `%%` nor the start of `%(name)s`.
    case barePercent(String)
    /// A name is not defined for this key; the suggestion is one that is spelled much like it.
    case undefined(name: String, suggestion: String?, available: String)
    /// Variables are not set in the environment.
    case unset([UnsetVariable])
    /// A conversion cannot be applied to the value: `%(program_name)d`.
    case cannotConvert(name: String, conversion: String)
    /// A width or precision is so large that it would only fill the memory.
    case tooWide(String)
}

extension ExpansionError {
    /// The rule that a value with this error breaks.
    var rule: ConfigurationRule {
        if case .unset = self { .unsetVariable } else { .invalidExpansion }
    }
}

extension ExpansionError: CustomStringConvertible {
    /// The problem, and what to write instead, as the words that follow "KEY in [SECTION] ".
    var description: String {
        switch self {
        case .barePercent(let text):
            "has a bare % at \(text.quoted); write %% for a percent sign"
        case .undefined(let name, let suggestion, let available):
            "refers to %(\(name))s, which is not defined here; "
                + (suggestion.map { "did you mean %(\($0))s?" } ?? "available: \(available)")
        case .unset(let variables):
            "refers to \(listed(variables.map { "%(ENV_\($0.name))s" })), but "
                + listed(variables.map { "\($0)" })
        case .cannotConvert(let name, let conversion):
            "cannot format %(\(name)) as '\(conversion)'; write %(\(name))s"
        case .tooWide(let text):
            "has too wide a field at \(text.quoted)"
        }
    }
}
