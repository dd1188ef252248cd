import Handlers
import ListenerKit

extension CheckRules {
    /// The rules about keys.
    static let keys = [unknownKey, misplacedKey]

    private static let unknownKey = CheckRule(.unknownKey) { checked, findings in
        checked.forEachStrayKey { option, section, kind in
            if homes(of: option.key).isEmpty || kind.hasAdvice(for: option.key) {
                let advice = advice(option.key, kind)
                findings.add(option.location, "\(option.key) in [\(section)] is a key that nothing reads; \(advice)")
            }
        }
    }

    private static let misplacedKey = CheckRule(
        "misplaced-key",
        .warning,
        "a key in a section where supervisord does not read it",
        reason: "It has no effect there, and the default value stays in force where it belongs."
    ) { checked, findings in
        checked.forEachStrayKey { option, section, kind in
            let homes = homes(of: option.key)
            guard !homes.isEmpty, !kind.hasAdvice(for: option.key) else {
                return
            }
            // What belongs in one kind of section with programs belongs in most of them.
            let places = homes.contains(.program) ? [.program] : homes
            let isOwnLog = kind == .supervisord && ["stdout_", "stderr_"].contains { option.key.hasPrefix($0) }
            let advice = isOwnLog ? "supervisord's own log is logfile=, and this" : "it"
            findings.add(
                option.location,
                """
                \(option.key) has no effect in [\(section)]; \(advice) belongs in \
                \(places.map { $0.pattern }.joined(separator: " or "))
                """
            )
        }
    }

    /// Returns the kinds of sections in which a key is read.
    private static func homes(of key: String) -> [SectionKind] {
        SectionKind.allCases.filter { SupervisordKey.names(in: $0).contains(key) }
    }

    private static func advice(_ key: String, _ kind: SectionKind?) -> String {
        if kind?.runsPrograms ?? true, let advice = ForeignKeys.advice(for: key) {
            return advice
        }
        let kinds = kind.map { [$0] } ?? SectionKind.allCases
        let known = kinds.flatMap { SupervisordKey.names(in: $0) } + (kind?.runsPrograms == true ? StartupKeys.all : [])
        let meant =
            known.first { $0.withoutUnderscores == key.withoutUnderscores } ?? Suggestion.nearest(to: key, among: known)
        return meant.map { "did you mean \($0)=?" } ?? "remove it"
    }
}

extension SectionKind? {
    /// Whether a key in such a section is one of another tool that can be translated.
    fileprivate func hasAdvice(for key: String) -> Bool {
        self?.runsPrograms == true && ForeignKeys.advice(for: key) != nil
    }
}

extension String {
    fileprivate var withoutUnderscores: String {
        String(decoding: utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }, as: UTF8.self)
    }
}

extension CheckedConfiguration {
    /// Calls a function with each key that supervisord does not read in its section, and no other known tool either.
    ///
    /// - Parameter report: Gets the option, the name of the section, and its kind; nil for `[DEFAULT]`, whose keys count if any
    ///   section of any kind has them.
    fileprivate func forEachStrayKey(_ report: (INIOption, String, SectionKind?) -> Void) {
        let reported = Set(plan.problems.filter { $0.rule == .unknownKey }.map { $0.location })
        for section in configuration.document.sections {
            guard let kind = SectionKind(sectionName: section.name), !kind.takesAnyKey else {
                continue
            }
            let known = SupervisordKey.names(in: kind)
            for option in section.options
            where !known.contains(option.key) && !option.key.isForeign && !reported.contains(option.location)
                && !inherits(option, section)
            {
                // Keys of the order of starts are checked with it.
                if !kind.runsPrograms && kind != .group || !StartupKeys.all.contains(option.key) {
                    report(option, section.name, kind)
                }
            }
        }
        for option in configuration.document.defaults.options where !option.key.isForeign {
            if !StartupKeys.all.contains(option.key),
                !SectionKind.allCases.contains(where: { SupervisordKey.names(in: $0).contains(option.key) })
            {
                report(option, "DEFAULT", nil)
            }
        }
    }

    /// Whether an option is one of `[DEFAULT]`, which supervisord has copied into the section.
    private func inherits(_ option: INIOption, _ section: INISection) -> Bool {
        configuration.document.defaults[option.key]?.location == option.location
    }
}

extension String {
    /// Whether a key belongs to another tool by its form: with a dot or a colon in it, or `x-` or `x_` before it.
    fileprivate var isForeign: Bool {
        utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") } || hasPrefix("x-") || hasPrefix("x_")
    }
}
