/// Answers the standard library, which asks for the name of a Unicode scalar: it has none.
///
/// Nothing here asks for `Unicode.Scalar.Properties.name`, yet the library keeps its table of names, which is half a megabyte.
/// `make static` lets the linker take this function in place of the library's; other builds have it and do not call it.
///
/// - Parameters:
///   - scalar: The scalar.
///   - buffer: Takes the name.
///   - capacity: How many bytes the buffer holds.
/// - Returns: How many bytes the name has.
@c(__wrap__swift_stdlib_getScalarName)
func nameOfScalar(_ scalar: UInt32, _ buffer: UnsafeMutablePointer<UInt8>?, _ capacity: Int) -> Int {
    0
}
