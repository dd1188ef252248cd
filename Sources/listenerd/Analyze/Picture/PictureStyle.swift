/// The colors and fonts of the picture.
///
/// The colors are those of Okabe and Ito, which color-blind people can tell apart (https://jfly.uni-koeln.de/color/), darker or
/// lighter where text or the background needs it. Each is given twice: renderers that know no variables take the first.
enum PictureStyle {
    /// A color.
    private struct Color {
        let variable: String
        let light: String
        let dark: String
    }

    private static let background = Color(variable: "background", light: "#ffffff", dark: "#0d1117")
    private static let ink = Color(variable: "ink", light: "#1f2328", dark: "#f0f6fc")
    private static let quiet = Color(variable: "quiet", light: "#59636e", dark: "#9198a1")
    private static let grid = Color(variable: "grid", light: "#e6eaef", dark: "#262c36")
    private static let hover = Color(variable: "hover", light: "#f3f6f9", dark: "#161b22")
    private static let arrow = Color(variable: "arrow", light: "#8c959f", dark: "#6e7681")
    private static let starting = Color(variable: "starting", light: "#0072b2", dark: "#56b4e9")
    private static let gates = Color(variable: "gates", light: "#e69f00", dark: "#e69f00")
    private static let completing = Color(variable: "completing", light: "#009e73", dark: "#2bb98f")
    private static let up = Color(variable: "up", light: "#9ec9e2", dark: "#3d6f8f")
    private static let failed = Color(variable: "failed", light: "#c23b00", dark: "#ff7f50")

    private static let colors = [
        background, ink, quiet, grid, hover, arrow, starting, gates, completing, up, failed,
    ]

    /// What is drawn how; a page that has the picture in it is not touched.
    private static let rules =
        [
            "text": "\(fill(ink));white-space:pre",
            "path": "fill:none;stroke-linejoin:round",
            "tspan": "unicode-bidi:isolate",
            ".middle": "text-anchor:middle",
            ".end": "text-anchor:end",
            ".background": fill(background),
            ".h": "font-weight:600",
            ".q": fill(quiet),
            ".g": stroke(grid),
            ".t": stroke(quiet),
            ".a": "fill:transparent",
            ".row:hover .a": fill(hover),
            ".d": "display:none;\(stroke(ink));stroke-width:1.2",
            ".row:hover .d": "display:inline",
            ".w": "\(stroke(arrow));stroke-dasharray:1 3",
            ".s": fill(starting),
            ".r": "fill:url(#\(gatesPattern))",
            ".gb": "\(fill(gates));fill-opacity:.35",
            ".gs": "\(stroke(gates));stroke-width:3",
            ".c": fill(completing),
            ".u": "\(fill(up));fill-opacity:.45",
            ".o": "fill:none;\(stroke(ink));stroke-width:1.5",
            ".x": "\(stroke(failed));stroke-width:2.5;stroke-linecap:round",
            ".e": "\(stroke(ink));stroke-width:1.5",
            ".f": fill(failed),
            ".l": "paint-order:stroke;\(stroke(background));stroke-width:3;stroke-linejoin:round;stroke-opacity:.8",
            ".b": "stroke-width:5;stroke-opacity:1",
            ".minor": "\(stroke(arrow));stroke-opacity:.4",
            ".decisive": "\(stroke(arrow));stroke-width:1.2",
            ".unmet": "\(stroke(failed));stroke-dasharray:4 3",
            ".chain": "\(stroke(ink));stroke-width:2",
        ] as KeyValuePairs

    /// The identifier of the stripes of the time in which a process becomes ready.
    static let gatesPattern = "startup-gates"

    /// The style sheet.
    static var sheet: String {
        let root = """
            .startup{\(variables(\.light));max-width:100%;height:auto;\
            font-family:system-ui,-apple-system,'Segoe UI','Noto Sans',Helvetica,Arial,sans-serif}
            @media(prefers-color-scheme:dark){.startup{\(variables(\.dark))}}

            """
        return root + rules.map { ".startup \($0){\($1)}\n" }.joined()
    }

    /// The attribute `class` of a phase.
    static func name(of kind: PicturePhase.Kind) -> String {
        switch kind {
        case .starting: "s"
        case .becomingReady: "r"
        case .completing: "c"
        case .up: "u"
        }
    }

    /// The attribute `class` of arrows.
    static func name(of kind: PictureArrow.Kind) -> String {
        switch kind {
        case .minor: "minor"
        case .decisive: "decisive"
        case .unmet: "unmet"
        case .chain: "chain"
        }
    }

    private static func variables(_ scheme: KeyPath<Color, String>) -> String {
        colors.map { "--\($0.variable):\($0[keyPath: scheme])" }.joined(separator: ";")
    }

    private static func fill(_ color: Color) -> String {
        "fill:\(color.light);fill:var(--\(color.variable))"
    }

    private static func stroke(_ color: Color) -> String {
        "stroke:\(color.light);stroke:var(--\(color.variable))"
    }
}
