import ListenerKit

/// Why there is no configuration of the roles that were chosen.
enum RoleError: Error, Equatable, Sendable {
    /// There is no role of that name, which may be a path.
    case unknown(String, RoleSource, RolesDirectory)
    /// There are roles, and none was chosen.
    case noneChosen(RolesDirectory)
    /// There are no roles in the folder; some were chosen, or the folder or a file of common options was named.
    case noRoles(folder: String, chosen: [String], RoleSource?, hasCommon: Bool)
}

extension RoleError: CustomStringConvertible {
    /// One sentence that says what is wrong, and what to do.
    var description: String {
        switch self {
        case .unknown(let name, let source, let folder):
            "unknown role \(name.quoted) in \(source.rawValue); "
                + (Suggestion.nearest(to: name, among: folder.names).map { "did you mean '\($0)'? Choose" } ?? "choose")
                + " from \(folder)"
        case .noneChosen(let folder):
            "no role is chosen; choose with --roles or $ROLES, separated by commas, from \(folder)"
        case .noRoles(let folder, let names, let source, let hasCommon):
            (source.map { "\($0.rawValue) names \(names.joined(separator: ",").quoted), but " }
                ?? (hasCommon ? "--common adds lines to the programs of roles, but " : ""))
                    + """
                    there are no roles in '\(folder)': a role is a file ROLE.conf there, or a directory ROLE with files \
                    *.conf in it; name another directory with --roles-dir
                    """
                + (source == .variable ? ", or unset ROLES if it is meant for something else" : "")
        }
    }
}

extension RoleError: ExitStatusError {
    /// That of a wrong configuration.
    var exitStatus: ExitStatus { .configuration }
}
