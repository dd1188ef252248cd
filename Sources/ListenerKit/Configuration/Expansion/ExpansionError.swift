/// Why a value cannot be expanded.
enum ExpansionError: Error, Equatable {
    /// A `%` is neither part of `%%` nor the start of `%(name)s`.
    case barePercent(String)
    /// A name is not defined for this key; the suggestion is one that is spelled much like it.
    case undefined(name: String, suggestion: String?, available: String)
    /// A variable is not set in the environment; the suggestion is one that is spelled much like it.
    case unset(variable: String, suggestion: String?)
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
    /// What is wrong, and what to write instead, as the words that follow "KEY in [SECTION] ".
    var description: String {
        switch self {
        case .barePercent(let text):
            "has a bare % at \(text.quoted); write %% for a percent sign"
        case .undefined(let name, let suggestion, let available):
            "refers to %(\(name))s, which is not defined here; "
                + (suggestion.map { "did you mean %(\($0))s?" } ?? "available: \(available)")
        case .unset(let variable, let suggestion):
            "refers to %(ENV_\(variable))s, but \(variable) is not set in the environment; "
                + (suggestion.map { "did you mean %(ENV_\($0))s?" }
                    ?? "supervisord rejects the configuration unless \(variable) is set when it starts")
        case .cannotConvert(let name, let conversion):
            "cannot format %(\(name)) as '\(conversion)'; write %(\(name))s"
        case .tooWide(let text):
            "has too wide a field at \(text.quoted)"
        }
    }
}
