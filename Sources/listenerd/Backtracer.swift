/// Tells the Swift runtime that there is no program to print backtraces of crashes.
///
/// The runtime's own function needs /proc and, without it, ends the process at its start; an image from scratch has no /proc. A
/// statically linked program uses this function instead.
@_cdecl("swift_copyAuxiliaryExecutablePath")
func pathOfAuxiliaryExecutable(_ name: UnsafePointer<CChar>?) -> UnsafeMutablePointer<CChar>? {
    nil
}
