import ListenerKit

/// What supervisord's configuration says about a program whose processes are counted.
struct MeteredProgram: Equatable {
    /// `autorestart`.
    let autorestart: Autorestart
    /// `startretries`; nil if it is not known.
    let startRetries: Int?
    /// `startsecs`; nil if it is not known.
    let startSeconds: Int?
    /// Whether it is ready only once its gates have passed.
    let isGated: Bool

    /// A program that the configuration does not have: however it exits, supervisord may restart it.
    static let unknown = MeteredProgram(autorestart: .always, startRetries: nil, startSeconds: nil, isGated: false)
}
