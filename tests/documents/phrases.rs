//! The words that documents are made of.
//!
//! Constants only: names, titles, sentences with traps in them. The plain sentences stand in `sentences.txt`.

/// Plain sentences, one a line.
const SENTENCES: &str = include_str!("sentences.txt");

/// Those that stand on their own: without what their source's layout left in some of them.
pub fn sentences() -> Vec<&'static str> {
    let whole = |line: &&str| {
        let odd = [" Drøftelse ", "mini- ", "strategi- ", "Pia understregede", "rådet orienterede Pia"];
        line.len() > 40
            && !line.ends_with(|c: char| c.is_ascii_digit())
            && !["1.", "2.", "3.", "4."].iter().any(|end| line.ends_with(end))
            && !odd.iter().any(|odd| line.contains(odd))
    };
    SENTENCES.lines().map(str::trim).filter(whole).collect()
}

/// Councils.
pub const COUNCILS: [&str; 5] =
    ["It-Arkitekturrådet", "Kommunernes It-Arkitekturråd", "Digitaliseringsrådet", "IT-kontaktudvalget", "Datarådet"];

/// Where they meet.
pub const PLACES: [&str; 6] = [
    "KL-Huset, København",
    "Weidekampsgade 10, 2300 København S",
    "Teams",
    "Rådhuset i Favrskov, lokale 2.14",
    "KOMBIT, Halfdansgade 8",
    "Byrådssalen, Aarhus Rådhus",
];

/// People.
pub const NAMES: [&str; 34] = [
    "Ulla Larney",
    "Jan Kjellerup",
    "Søren Nørgaard Andersen",
    "Søren Nørgaard Madsen",
    "Mette Jespersen",
    "Inge Speiermann",
    "Line Laudrup",
    "Anne Kathrine Fjord-Marschall",
    "Mie Bjerre",
    "Sofie Kofoed Led",
    "Gitte Duelund Jensen",
    "Morten Bue Rath",
    "Christian Christensen",
    "Vibeke Normann",
    "Bo Fristed",
    "Henrik Brix",
    "Jeppe Bøgh Andersen",
    "Mikkel Solgaard Bojsen-Møller",
    "Niels Rygaard",
    "Lars Vraa",
    "Pia Færch",
    "Morten Winther",
    "Zahra Al-Asfoor",
    "Ken Rindsig",
    "Signe Maria Christensen",
    "René Lorenz",
    "Carsten Nydam-Rønved",
    "Nikolai Bülow Tronche",
    "Marie Gottlieb Danneskiold-Samsøe",
    "Majken Øhlenschlæger Heller",
    "Åse Æbelø Østergård",
    "Ghita Thiesen",
    "Finn Graversen",
    "Christian Harsløf",
];

/// Initials.
pub const INITIALS: [&str; 8] = ["PAH", "VNO", "ULA", "JKJ", "LLA", "MJE", "SNA", "ØHE"];

/// What people do.
pub const ROLES: [&str; 14] = [
    "Chief Innovation Officer, chef for Center for Innovation og digitaliseringschef i Kultur og Borgerservice",
    "It- og digitaliseringschef",
    "Direktør for Social, Sundhed og Arbejdsmarked",
    "direktør for økonomi og digitalisering",
    "Kontorchef for It og digitalisering i Senior og Omsorg",
    "Chef for Design & Arkitektur",
    "Kontorchef, Digitale projekter, Borgerservice & It-arkitektur",
    "Lead Enterprise Architect",
    "Ressourcedirektør, Beskæftigelses- og integrationsforvaltningen",
    "Chef for Politik, Strategi og Udvikling, Ældre- og Handicapforvaltningen",
    "it-arkitekt",
    "digitaliseringskonsulent",
    "chefkonsulent",
    "Enhedschef",
];

/// For whom.
pub const ORGANISATIONS: [&str; 12] = [
    "Aarhus Kommune",
    "Favrskov Kommune",
    "Frederiksberg Kommune",
    "Gentofte Kommune",
    "Aalborg Kommune",
    "Københavns Kommune",
    "Odense Kommune",
    "Ringsted Kommune",
    "KOMBIT",
    "KL",
    "DIGST",
    "Region Nordjylland",
];

/// What stands in brackets behind a person.
pub const PERSON_NOTES: [&str; 7] =
    ["mødeleder", "referent", "fra 13:45", "formand for KITA", "deltog under punkt 2.1", "til kl. 12", "suppleant"];

/// Titles of items.
pub const TITLES: [&str; 30] = [
    "Dialog med KL's direktion",
    "Digitalt Samtykke",
    "AI – Status for arbejdet i kommunerne og i KOMBIT",
    "KOMBIT’s arkitekturovervejelser i forbindelse med genudbud",
    "Blanketmodernisering som bedre grundlag for digital selvbetjening",
    "Forberedende drøftelse af ønsker til næste version af Rammeaftalen SKI 02.19",
    "Fælles it-drift – Status og seneste nyt",
    "Det aktuelle arbejde med Fællesoffentlig Digital Arkitektur",
    "Digital suverænitet og handlefrihed",
    "Digital handlefrihed i regi af det fællesoffentlige arbejde om genbrug af software",
    "Pilotdrift af sammenhængende forløb for udsatte børn og unge",
    "Dataunderstøttelse på beredskabsområdet",
    "Fælles it-driftsenheder",
    "Adgangsstyring og identitetshåndtering i den fælleskommunale rammearkitektur: erfaringer fra afprøvningen hos kommuner",
    "Anvendelse af sprogmodeller i borgerbetjeningen 2026-2029",
    "Netværks- og serverdrift i de nye driftsfællesskaber",
    "Informationssikkerhedsledelsessystemer og tværgående sikkerhedsberedskab i kommunerne",
    "Status på MedCom-standarder og sundhedsdatainfrastruktur",
    "Revision af arkitekturprincipperne",
    "Beskæftigelsesindsatsens datagrundlag, herunder virksomhedsoplysninger og sagsbehandlingssystemer",
    "Klassifikationer & begreber: KLE og FORM",
    "Beregningsmodeller for grundskyld og ejendomsskat",
    "Ændringer i it-sikkerhedskravene (NIS2)",
    "Øget genbrug af open source-løsninger",
    "Storskala-projekter på AI-området",
    "Evaluering af HADES-workshops",
    "§ 82-vejledning og digital understøttelse",
    "Årsplan for rådets møder",
    "Opfølgning på temadag om “cloud exit”",
    "Kommunernes samarbejde om selvbetjeningsløsninger, serviceplatform og hændelsesfordeler",
];

/// Headings within a section.
pub const SUBHEADINGS: [&str; 12] = [
    "Udbudsstrategi og proces",
    "Nye komponenter og fælles infrastruktur",
    "Dataafgrænsningsprojektet:",
    "KommuneCERT",
    "Forholdet til EU og det europæiske teknologimarked",
    "Kunstig intelligens og storskala-projekter",
    "Det videre arbejde",
    "Økonomi",
    "Juridiske forhold",
    "Organisering",
    "Tidsplan",
    "Snitflader til andre indsatser",
];

/// Sentences with traps: signs that Markdown reads, hyphens of all kinds, numbers, dates, quotes.
pub const TRAPS: [&str; 42] = [
    "Budgettet er på 1.250.000 kr. (jf. § 5, stk. 2), og 89 % af kommunerne har svaret.",
    "Funktionen kaldes som `hent_data(sag_id)` i snitfladen, og * markerer de felter, der skal udfyldes.",
    "Feltet <b>status</b> vises i skemaet, og [x] betyder, at kravet er opfyldt.",
    "Værdien A|B skrives uden mellemrum, ~ betyder omtrent, og &amp; er tegnet i kilden.",
    "Det drejer sig om 1) adgang, 2) roller og 3) logning.",
    "#digitalisering og *bred forankring* er de gennemgående ord, skrev _flere_ kommuner.",
    "2030. Sådan står årstallet forrest i strategien, og det er også årstallet for den næste revision.",
    "Tegnet + bruges om tilvalg, mens C++ og C# er sprog; \\n er en ny linje.",
    "Arkitekturdrøftelser og -anbefalinger skal tænkes ind i kommunernes it-landskab.",
    "Netværks- og serverdrift, beredskabs- og sikkerhedsarbejde samt it-drift drøftes særskilt.",
    "SKI 02.19-aftalen (2023) indgår i vurderingen af AI-løsninger og HADES-workshops for 2026-2029.",
    "Oplysninger sendes med e-mail til e-Boks-adressen, og pc-arbejdspladser opdateres.",
    "Sagen SAG-2025-01234 blev senest drøftet den 2. maj 2025 sammen med MOD-2024-00199.",
    "Rådet drøftede emnet i november 2023, jf. punkt 2.2 på dagsordenen.",
    "Der er tale om en ”lift and shift”-tilgang, som nogle kalder »flyt nu«, og ’senere’ andre.",
    "KL’s bestyrelse – og kommunernes direktører – bakker op om time-to-market-tankegangen.",
    "Idéen fra René og Bülow er, at én løsning dækker alle 98 kommuner.",
    "I løbet af 3-4 måneder ventes 240 løsninger fra ca. 44 kommuner.",
    "Borgere med ikke-digitale behov, børne- og ungeområdet og ældreplejen nævnes.",
    "Krav-compliance og API-nøgler (OAuth2/OIDC) er forudsætninger for storskala-projekter.",
    "Prisen er 5 < 10 og 10 > 5, når a & b er kendte størrelser.",
    "Filen plan_2026_v2.docx og stien C:\\temp\\sager blev nævnt i drøftelsen.",
    "Ældre- og Handicapforvaltningen ønsker en 360-graders vurdering af it-arkitekturen.",
    "F.eks. kan kommunerne bl.a. benytte STS’ens SAML-token, fx ved m.fl. opslag osv.",
    "EU-forordningens artikel 6, stk. 1, litra e), anvendes som hjemmel.",
    "Forventet effekt: 12,5 mio. kr. årligt i 2027-2028; herefter 2H/2029.",
    "Et 1-1-forhold mellem løsninger er ikke målet, men COVID-19-erfaringerne er nyttige.",
    "Lokal it-understøttelse og fælles GPU-infrastruktur (AI-as-a-Service) supplerer hinanden.",
    "Strukturen {navn} og $beløb er pladsholdere i skabelonens eksempel, ikke i sagen.",
    "Leverandørens svar var: \"Det kan vi ikke nå\"; rådet noterede det!",
    "Kontoret for sikkerheds-, beredskabs- og driftsspørgsmål svarer inden 14 dage.",
    "Er der behov for en særskilt beredskabsøvelse? Spørgsmålet tages op senere.",
    "Informationssikkerhedsledelsessystemet understøtter beskæftigelsesforvaltningens sagsbehandling.",
    "Personoplysningsbehandlingen kræver konsekvensanalyse vedrørende databeskyttelsesforordningen.",
    "Ejendomsbeskatningsområdet, arbejdsskadestyrelsen og folkeregistermyndigheden er hørt.",
    "Selvbetjeningsløsningernes brugervenlighedsundersøgelser gennemføres halvårligt.",
    "[Udkastet](som endnu er fortroligt) omtales ikke nærmere i ![denne] sag.",
    "98 kommuner og 5 regioner har adgang; 60 % af dem er på serviceplatformen.",
    "Vejledningen findes i version 1.0 og 1.1, men ikke i 2.0.",
    "Aftalen gælder til og med 31. december 2026, hvorefter den kan forlænges i 2 x 12 måneder.",
    "Netkomponenten bruger IPv6/IPv4, VPN og zero-trust-principper på tværs af forvaltninger.",
    "Øvrige emner er æstetik, åbenhed og ærlighed i München-modellen (Zürich 2024).",
];

/// Entries of lists.
pub const ENTRIES: [&str; 22] = [
    "tager direktionens orientering til efterretning.",
    "drøfter perspektiver omkring Digitalt Samtykke, herunder giver input til opmærksomhedspunkter og ønsker til det videre arbejde",
    "Giver forslag til yderligere indsatser med henblik på øget genbrug af software i den offentlige sektor",
    "Skabe et fælles AI-fundament (platform, governance, compliance)",
    "Fremme fælles leverancer og skalering af AI-løsninger, der virker",
    "Fælles kravspecifikationer og compliancearbejde",
    "Rådgivning og koordinering af lokale initiativer",
    "Fælles AI-drift og GPU-infrastruktur (AI-as-a-Service)",
    "Hvordan kan governance og ansvar fastholdes i takt med øget automatisering?",
    "Kortlægning af eksisterende organisatoriske landskab og it-aktiver",
    "Udvikling af målbillede for netværks- og serverdrift",
    "Afklaring af juridiske og organisatoriske modeller for enhederne, herunder selskabskonstruktioner og myndighedsansvar",
    "Etablering af governance-struktur og national styregruppe",
    "Er der i forhold til rammearkitekturen noget, vi skal være særligt opmærksomme på, når det handler om kommende understøttelse af optagne standarder?",
    "Brugeradministration",
    "Sikkerhed i 2026-2029",
    "Hvilke integrationer på den fælleskommunale infrastruktur er særligt vigtige for kommunerne at fokusere på?",
    "Tilkendegiver rådets holdning til strategien om at anvende genudbuddene til at forenkle eksisterende fagløsninger",
    "Økonomi og finansiering (3 mio. kr.)",
    "Sagsbehandlingssystemer, selvbetjeningsløsninger og fællesoffentlige grunddata",
    "Kommunikation med leverandørerne via e-mail",
    "bekræfter tidsplanen for 2. halvår 2026",
];

/// Footnotes.
pub const NOTES: [&str; 10] = [
    "En HADES-workshop er til tidlig identifikation af en projektidés risici og udfordringer.",
    "Jf. lov om offentlige betalinger § 3, stk. 2.",
    "Se rapporten fra Digitaliseringsstyrelsen, december 2024, side 12-14.",
    "Opgjort pr. 1. oktober 2025.",
    "Tallene er afrundede og omfatter både kommuner, regioner og statslige myndigheder.",
    "Udvalget for Arkitektur og Standarder.",
    "Large Language Model, dansk: stor sprogmodel.",
    "Kilde: KOMBIT, 2025.",
    "Betegnelsen dækker de løsninger, der er omfattet af rammeaftalen SKI 02.19.",
    "Rådet behandlede spørgsmålet første gang i 2021.",
];

/// Links: words and address.
pub const LINKS: [(&str, &str); 12] = [
    ("Digitaliseringskataloget", "https://digitaliseringskataloget.dk/"),
    (
        "Den fælleskommunale digitaliseringsstrategi",
        "https://www.kl.dk/kommunale-opgaver/digitalisering/strategi-2026-2030",
    ),
    ("arkitektur.digst.dk", "https://arkitektur.digst.dk/rammearkitektur"),
    ("rapporten om digital suverænitet", "https://www.kl.dk/media/4hbn2v1k/rapport_om_digital-suveraenitet.pdf"),
    (
        "KOMBITs AI-politik",
        "https://cdn1.gopublic.dk/kombit/Media/638943150503258131/KOMBIT%20AI%20Politik%2009-2025.pdf",
    ),
    ("sekretariatet", "mailto:sekretariat@kl.dk"),
    ("Retsinformation", "https://www.retsinformation.dk/eli/lta/2021/1052#P5"),
    ("SIA-modellen", "https://statens-it.dk/om-os/(model)?vis=alt&side=2"),
    ("høringssvaret", "https://hoeringsportalen.dk/Hearing/Details/69123"),
    ("https://www.kl.dk/itarkitektur", "https://www.kl.dk/itarkitektur"),
    ("FDA", "https://arkitektur.digst.dk/"),
    ("kataloget over snitflader", "https://docs.kombit.dk/latest/?search=snit_flade~v2*"),
];

/// Attachments.
pub const ATTACHMENTS: [&str; 10] = [
    "Plan for SKI 02.19 (2027) – arbejdet med udarbejdelse af ny rammeaftale",
    "Oversigt over nuværende compliance i forhold til kravopfyldelse på infrastrukturområdet",
    "Præsentationsslides",
    "Politik for anvendelse af AI – KOMBIT, 2025-2026",
    "Notat om netværks- og serverdrift",
    "Materiale om ”Hensigtsmæssig anvendelse af adgangsstyring og organisation”",
    "Udkast til kommissorium, version 0.9",
    "Drejebog styring af adgange og rettigheder.docx",
    "Høringssvar fra Ældre- og Handicapforvaltningen",
    "Tids- og aktivitetsplan 2026-2029",
];
