import Handlers
import ListenerKit

/// A key in a section where supervisord does not read it, and no other known tool either.
struct StrayKey {
    /// The key and its value.
    let option: INIOption
    /// The name of the section.
    let section: String
    /// The kind of the section; nil for `[DEFAULT]`, whose keys count if a section of any kind has them.
    let kind: SectionKind?

    /// The key, in lower case.
    var key: String { option.key }

    /// The kinds of sections in which it is read.
    var homes: [SectionKind] {
        SectionKind.allCases.filter { SupervisordKey.names(in: $0).contains(key) }
            + (StartupKeys.all.contains(key) ? [.program] : [])
    }

    /// What to write instead, if it is a key of another tool, or of another section for the same purpose.
    var translation: String? { ForeignKeys.advice(for: key, in: kind) }

    /// The key of this section that was probably meant; nil if none is near.
    var meant: String? {
        let kinds = kind.map { [$0] } ?? SectionKind.allCases
        let known = kinds.flatMap { SupervisordKey.names(in: $0) } + (kind?.runsPrograms == true ? StartupKeys.all : [])
        return known.first { $0.withoutUnderscores == key.withoutUnderscores }
            ?? Suggestion.nearest(to: key, among: known)
    }
}

extension CheckedConfiguration {
    /// The keys that nothing reads, each line once, without those that a note about the order of starts names already.
    var strayKeys: [StrayKey] {
        var seen = Set(plan.problems.filter { $0.rule == .unknownKey }.map { $0.location })
        seen.formUnion(lostContinuations.flatMap { $0.lines.map { $0.location } })
        let defaults = Set(configuration.document.defaults.options.map { $0.location })
        var keys: [StrayKey] = []
        for section in configuration.document.sections {
            guard let kind = SectionKind(sectionName: section.name), !kind.takesAnyKey else {
                continue
            }
            let known = SupervisordKey.names(in: kind)
            for option in section.options where !known.contains(option.key) && !option.key.isNote {
                // supervisord copies some keys of [DEFAULT] into sections. Keys of the order of starts are checked with it.
                if !defaults.contains(option.location),
                    !kind.runsPrograms && kind != .group || !StartupKeys.all.contains(option.key),
                    seen.insert(option.location).inserted
                {
                    keys.append(StrayKey(option: option, section: section.name, kind: kind))
                }
            }
        }
        return keys + strayDefaults.filter { seen.insert($0.option.location).inserted }
    }

    private var strayDefaults: [StrayKey] {
        configuration.document.defaults.options.map { StrayKey(option: $0, section: "DEFAULT", kind: nil) }
            .filter { !$0.key.isNote && $0.homes.isEmpty }
    }
}

extension String {
    /// Whether a key is a note, or another tool's by its form: with a dot or a colon in it, or `x-` or `x_` before it.
    fileprivate var isNote: Bool {
        utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") } || hasPrefix("x-") || hasPrefix("x_")
            || ["comment", "description", "note", "notes"].contains(self)
    }

    fileprivate var withoutUnderscores: String {
        String(decoding: utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }, as: UTF8.self)
    }
}
