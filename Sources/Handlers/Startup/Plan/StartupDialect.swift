/// The set of configuration keys by which a program is started here.
package enum StartupDialect: String, CaseIterable, Hashable, Sendable {
    /// ordered-startup-supervisord: `startinorder`.
    case ordered
    /// supervisord-dependent-startup: `dependent_startup`.
    case dependent
    /// listenerd's own: `startafter`.
    case listenerd
}
