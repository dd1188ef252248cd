#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension SystemError {
    /// What to do where supervisord could not be reached for this reason; it follows the reason, or is empty.
    func advice(for endpoint: Endpoint) -> String {
        switch (code, endpoint) {
        case (ENOENT, .unix), (ENOTDIR, .unix):
            "; is supervisord running, with this file= in [unix_http_server]?"
        case (ECONNREFUSED, _):
            "; is supervisord running?"
        case (EACCES, .unix), (EPERM, .unix):
            "; the socket belongs to another user: run as that user, or set chown= or chmod= in [unix_http_server]"
        default:
            ""
        }
    }
}
