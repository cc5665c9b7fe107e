package dev.linkedrole.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Horizontal bars with their values and, where it was measured several times, how far apart the values were. As SVG, light or dark as the reader has it. */
final class BarChart {

    private static final int WIDTH = 760;
    private static final int LABELS = 250;
    private static final int VALUES = 90;
    private static final int BAR = 20;
    private static final int GAP = 9;
    private static final int TOP = 62;
    private static final String OURS = "#2a6fdb";
    private static final String OTHERS = "#9aa5b1";

    private final String title;
    private final String unit;
    private final List<Bar> bars = new ArrayList<>();

    private record Bar(String label, Samples samples, boolean ours) {}

    BarChart(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    BarChart bar(String label, Samples samples, boolean ours) {
        bars.add(new Bar(label, samples, ours));
        return this;
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, svg());
    }

    private String svg() {
        int height = TOP + bars.size() * (BAR + GAP) + 10;
        StringBuilder svg = new StringBuilder();
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " font-family=\"system-ui, sans-serif\" font-size=\"13\">%n<title>%s</title>%n"
                        + "<style>text{fill:#24292f}.faint{fill:#6b7280}line{stroke:#24292f}@media (prefers-color-scheme: dark)"
                        + "{text{fill:#e6edf3}.faint{fill:#9aa5b1}line{stroke:#e6edf3}}</style>%n",
                WIDTH, height, WIDTH, height, escape(title)));
        svg.append(format("<text x=\"0\" y=\"18\" font-size=\"16\" font-weight=\"600\">%s</text>%n", escape(title)));
        svg.append(format("<text x=\"0\" y=\"40\" class=\"faint\">%s</text>%n", escape(unit)));
        double most =
                bars.stream().mapToDouble(bar -> bar.samples().most()).max().orElse(1);
        double scale = (WIDTH - LABELS - VALUES) / most;
        for (int i = 0; i < bars.size(); i++) {
            svg.append(bar(bars.get(i), TOP + i * (BAR + GAP), scale));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String bar(Bar bar, int y, double scale) {
        Samples samples = bar.samples();
        int middle = y + BAR / 2;
        double end = LABELS + samples.median() * scale;
        String spread = samples.values().size() < 2
                ? ""
                : format(
                        "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
                        LABELS + samples.least() * scale, middle, LABELS + samples.most() * scale, middle);
        double after = Math.max(end, LABELS + samples.most() * scale) + 8;
        return format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\"%s>%s</text>%n<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\""
                        + " rx=\"2\" fill=\"%s\"/>%n%s<text x=\"%.1f\" y=\"%d\">%s</text>%n",
                LABELS - 10,
                y + 15,
                bar.ours() ? " font-weight=\"600\"" : "",
                escape(bar.label()),
                LABELS,
                y,
                Math.max(1, end - LABELS),
                BAR,
                bar.ours() ? OURS : OTHERS,
                spread,
                after,
                y + 15,
                number(samples.median()));
    }

    private static String number(double value) {
        return value >= 100 ? format("%,.0f", value) : value >= 10 ? format("%.1f", value) : format("%.2f", value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format.replace("%n", "\n"), arguments);
    }
}
