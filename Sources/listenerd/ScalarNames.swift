/// Tells the standard library that a Unicode scalar has no name.
///
/// Nothing here uses `Unicode.Scalar.Properties.name`, but its table of names would be linked in, which is half a megabyte.
/// `make static` makes the linker use this function instead of the library's; other builds do not call it.
///
/// - Parameters:
///   - scalar: The scalar.
///   - buffer: The buffer for the name.
///   - capacity: The size of the buffer, in bytes.
/// - Returns: The length of the name, in bytes: 0.
@_cdecl("__wrap__swift_stdlib_getScalarName")
func nameOfScalar(_ scalar: UInt32, _ buffer: UnsafeMutablePointer<UInt8>?, _ capacity: Int) -> Int {
    0
}
