/// Answers the runtime, which asks for the path of a program that would print backtraces of crashes: there is none.
///
/// The runtime's own answer needs /proc, and without that ends the process before it has begun; an empty root directory has
/// no /proc. A statically linked program takes this function instead.
@c(swift_copyAuxiliaryExecutablePath)
func pathOfAuxiliaryExecutable(_ name: UnsafePointer<CChar>?) -> UnsafeMutablePointer<CChar>? {
    nil
}
