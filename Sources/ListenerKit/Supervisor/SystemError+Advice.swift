extension SystemError {
    /// Returns what the user can do if supervisord cannot be reached for this reason, to be appended to the reason; empty if unknown.
    func advice(for endpoint: Endpoint) -> String {
        let isSocketFile = if case .unix = endpoint { true } else { false }
        return if isMissingFile, isSocketFile {
            "; is supervisord running, with this file= in [unix_http_server]?"
        } else if isRefusedConnection {
            "; is supervisord running?"
        } else if isMissingPermission, isSocketFile {
            "; the socket belongs to another user: run as that user, or set chown= or chmod= in [unix_http_server]"
        } else {
            ""
        }
    }
}
