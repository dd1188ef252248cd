/// A place in the picture.
struct PicturePoint: Equatable {
    let x: Double
    let y: Double
}
