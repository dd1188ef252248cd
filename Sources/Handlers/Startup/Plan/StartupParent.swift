/// A dependency: the processes of a program, of a group, or one alone.
package struct StartupParent: Sendable {
    /// The name as the configuration has it: `web`, `web:*`, `web:web_0`.
    package let name: String
    /// The programs that it consists of, by their indices.
    package let programs: [Int]
    /// Its processes, by their indices; it has reached what all of them have reached.
    package let processes: [Int]
}
