//! PDFs that are made to do harm.

use super::super::Hostile;

/// A document of these objects, of which the first is its catalogue.
fn pdf(objects: &[String], more: &str) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(out.len());
        out += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let table = out.len();
    out += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        out += &format!("{place:010} 00000 n \n");
    }
    out += &format!("trailer<</Size {}/Root 1 0 R{more}>>\nstartxref\n{table}\n%%EOF", objects.len() + 1);
    out.into_bytes()
}

fn stream(content: &str, entries: &str) -> String {
    format!("<<{entries}/Length {}>>stream\n{content}\nendstream", content.len())
}

/// Objects of a document with a page for each content.
fn pages(contents: &[&str]) -> Vec<String> {
    let kids: Vec<String> = (0..contents.len()).map(|at| format!("{} 0 R", 6 + 2 * at)).collect();
    let picture = "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8";
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), contents.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        stream("abcd", picture),
        "<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>".to_owned(),
    ];
    for (content, at) in contents.iter().zip(0..) {
        let page = "/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources 5 0 R";
        objects.push(format!("<<{page}/Contents {} 0 R>>", 7 + 2 * at));
        objects.push(stream(content, ""));
    }
    objects
}

const TEXT: &str = "BT /F 18 Tf 70 760 Td (1. Et punkt) Tj /F 11 Tf 0 -30 Td (SAG-2025-00001 Anna Holm) Tj 0 -30 Td \
                    (Det er teksten til punktet.) Tj ET";

/// Lines of text, one below the other.
fn lines(count: usize, x: usize) -> String {
    let lines: String = (0..count).map(|at| format!("1 0 0 1 {x} {} Tm (ord {at}) Tj ", 800 - at % 790)).collect();
    format!("BT /F 4 Tf {lines} ET")
}

/// All of them.
pub fn files() -> Vec<Hostile> {
    let good = pdf(&pages(&[TEXT]), "");
    let catalogue = || "<</Type/Catalog/Pages 2 0 R>>".to_owned();
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 999 999]/Resources";
    let mut endless = vec![
        catalogue(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>".to_owned(),
        stream("/X Do", ""),
    ];
    endless.extend((6..36).map(|next| stream("/X Do /X Do", &format!("{form}<</XObject<</X {next} 0 R>>>>"))));
    endless.push(stream("", &format!("{form}<<>>")));
    let mut seed = 7_u64;
    let random: Vec<u8> = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as u8
    })
    .take(1 << 20)
    .collect();
    let locked = format!(
        "/Encrypt<</Filter/Standard/V 1/R 2/P -44/O<{}>/U<{}>>>/ID[<00><00>]",
        "ab".repeat(32),
        "cd".repeat(32)
    );
    let deep = stream(&format!("{}{} {TEXT}", "[".repeat(200_000), "]".repeat(200_000)), "");
    let mut nested = pages(&[TEXT]);
    nested[6] = deep;
    let mut arrays = pages(&[TEXT]);
    arrays[1] = format!("<</Type/Pages/Kids{}6 0 R{}/Count 1>>", "[".repeat(100_000), "]".repeat(100_000));
    let huge: Vec<String> =
        pages(&[TEXT]).into_iter().map(|object| object.replace("595 842", "2834645 2834645")).collect();
    let mut all = vec![
        Hostile::imported("a good one", good.clone()),
        Hostile::either("rubbish before its mark", [&b"rubbish\n"[..], &good].concat()),
        Hostile::either("forms without end", pdf(&endless, "")),
        Hostile::refused(
            "a loop of pages",
            pdf(&[catalogue(), "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>".into()], ""),
        ),
        Hostile::either("10,000 pages", pdf(&pages(&vec![TEXT; 10_000]), "")),
        Hostile::refused("random bytes", [&b"%PDF-1.7\n"[..], &random].concat()),
        Hostile::refused("its head alone", b"%PDF-1.4\n".to_vec()),
        Hostile::refused("locked", pdf(&pages(&[TEXT]), &locked)),
        Hostile::refused("a picture of text", pdf(&pages(&["q 400 0 0 600 70 100 cm /I Do Q"]), "")),
        Hostile::either("200,000 brackets in a page", pdf(&nested, "")),
        Hostile::either("100,000 brackets in its objects", pdf(&arrays, "")),
        Hostile::either("100,000 words on a page", pdf(&pages(&[&lines(100_000, 70)]), "")),
        Hostile::either("4,900 words on each of 40 pages", pdf(&pages(&vec![&*lines(4_900, 70); 40]), "")),
        Hostile::either(
            "a million pages told of",
            pdf(&[catalogue(), "<</Type/Pages/Kids[]/Count 1000000>>".into()], ""),
        ),
        Hostile::either("a page of a kilometre", pdf(&huge, "")),
    ];
    for part in 1..8 {
        all.push(Hostile::either(&format!("its first {part} eighths"), &good[..good.len() * part / 8]));
    }
    all
}
