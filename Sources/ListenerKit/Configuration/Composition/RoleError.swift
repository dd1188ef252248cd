/// Why there is no configuration of the roles that were chosen.
package enum RoleError: Error, Equatable, Sendable {
    /// There is no role of that name, which may be empty, or a path.
    case unknown(String, RolesFolder)
    /// There are roles, and none was chosen.
    case noneChosen(RolesFolder)
    /// There are no roles in the folder.
    case noRoles(folder: String)
    /// A section is defined in two ways.
    case conflict(ConfigurationProblem)
}

extension RoleError: CustomStringConvertible {
    /// One sentence that says what is wrong, and what to do.
    package var description: String {
        switch self {
        case .unknown(let name, let folder):
            "there is no role \(name.quoted); choose, separated by commas, from \(folder)"
        case .noneChosen(let folder):
            "no role is chosen; name some with --roles or $ROLES, separated by commas, from \(folder)"
        case .noRoles(let folder):
            """
            there are no roles in \(folder.quoted): a role is a file ROLE.conf there, or a folder ROLE with files \
            *.conf in it; name another folder with --roles-dir
            """
        case .conflict(let problem):
            problem.description
        }
    }
}
