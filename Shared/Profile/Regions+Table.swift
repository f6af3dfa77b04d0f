// SPDX-License-Identifier: GPL-3.0-or-later

// Source: ISO 3166-2. Behind the name, parted by slashes: former codes, and names in the country's own writing.
extension Regions {
  static let emirates = """
    AJ Ajman/عجمان; AZ Abu Dhabi/أبو ظبي; DU Dubai/دبي; FU Fujairah/الفجيرة; RK Ras Al Khaimah/رأس الخيمة; \
    SH Sharjah/الشارقة; UQ Umm Al Quwain/أم القيوين
    """

  static let australia = """
    ACT Australian Capital Territory; NSW New South Wales; NT Northern Territory; QLD Queensland; SA South Australia; \
    TAS Tasmania; VIC Victoria; WA Western Australia
    """

  static let brazil = """
    AC Acre; AL Alagoas; AM Amazonas; AP Amapá; BA Bahia; CE Ceará; DF Distrito Federal; ES Espírito Santo; GO Goiás; \
    MA Maranhão; MG Minas Gerais; MS Mato Grosso do Sul; MT Mato Grosso; PA Pará; PB Paraíba; PE Pernambuco; PI Piauí; \
    PR Paraná; RJ Rio de Janeiro; RN Rio Grande do Norte; RO Rondônia; RR Roraima; RS Rio Grande do Sul; \
    SC Santa Catarina; SE Sergipe; SP São Paulo; TO Tocantins
    """

  static let canada = """
    AB Alberta; BC British Columbia/Colombie-Britannique; MB Manitoba; NB New Brunswick/Nouveau-Brunswick; \
    NL Newfoundland and Labrador/Terre-Neuve-et-Labrador; NS Nova Scotia/Nouvelle-Écosse; \
    NT Northwest Territories/Territoires du Nord-Ouest; NU Nunavut; ON Ontario; \
    PE Prince Edward Island/Île-du-Prince-Édouard; QC Quebec/Québec; SK Saskatchewan; YT Yukon
    """

  static let china = """
    AH Anhui/安徽/安徽省; BJ Beijing/北京/北京市; CQ Chongqing/重庆/重庆市; FJ Fujian/福建/福建省; GD Guangdong/广东/广东省; \
    GS Gansu/甘肃/甘肃省; GX Guangxi/广西/广西壮族自治区; GZ Guizhou/贵州/贵州省; HA Henan/河南/河南省; HB Hubei/湖北/湖北省; \
    HE Hebei/河北/河北省; HI Hainan/海南/海南省; HL Heilongjiang/黑龙江/黑龙江省; HN Hunan/湖南/湖南省; JL Jilin/吉林/吉林省; \
    JS Jiangsu/江苏/江苏省; JX Jiangxi/江西/江西省; LN Liaoning/辽宁/辽宁省; NM Inner Mongolia/Nei Mongol/内蒙古/内蒙古自治区; \
    NX Ningxia/宁夏/宁夏回族自治区; QH Qinghai/青海/青海省; SC Sichuan/四川/四川省; SD Shandong/山东/山东省; \
    SH Shanghai/上海/上海市; SN Shaanxi/陕西/陕西省; SX Shanxi/山西/山西省; TJ Tianjin/天津/天津市; \
    XJ Xinjiang/新疆/新疆维吾尔自治区; XZ Xizang/Tibet/西藏/西藏自治区; YN Yunnan/云南/云南省; ZJ Zhejiang/浙江/浙江省
    """

  static let india = """
    AN Andaman and Nicobar Islands; AP Andhra Pradesh; AR Arunachal Pradesh; AS Assam; BR Bihar; \
    CG Chhattisgarh/CT; CH Chandigarh; DH Dadra and Nagar Haveli and Daman and Diu; DL Delhi/New Delhi; GA Goa; \
    GJ Gujarat; HP Himachal Pradesh; HR Haryana; JH Jharkhand; JK Jammu and Kashmir; KA Karnataka; KL Kerala; \
    LA Ladakh; LD Lakshadweep; MH Maharashtra; ML Meghalaya; MN Manipur; MP Madhya Pradesh; MZ Mizoram; NL Nagaland; \
    OD Odisha/Orissa/OR; PB Punjab; PY Puducherry/Pondicherry; RJ Rajasthan; SK Sikkim; TN Tamil Nadu; \
    TR Tripura; TS Telangana/TG; UK Uttarakhand/UT; UP Uttar Pradesh; WB West Bengal
    """

  static let japan = """
    01 Hokkaido/北海道; 02 Aomori/青森県; 03 Iwate/岩手県; 04 Miyagi/宮城県; 05 Akita/秋田県; 06 Yamagata/山形県; \
    07 Fukushima/福島県; 08 Ibaraki/茨城県; 09 Tochigi/栃木県; 10 Gunma/群馬県; 11 Saitama/埼玉県; 12 Chiba/千葉県; \
    13 Tokyo/東京都; 14 Kanagawa/神奈川県; 15 Niigata/新潟県; 16 Toyama/富山県; 17 Ishikawa/石川県; 18 Fukui/福井県; \
    19 Yamanashi/山梨県; 20 Nagano/長野県; 21 Gifu/岐阜県; 22 Shizuoka/静岡県; 23 Aichi/愛知県; 24 Mie/三重県; \
    25 Shiga/滋賀県; 26 Kyoto/京都府; 27 Osaka/大阪府; 28 Hyogo/兵庫県; 29 Nara/奈良県; 30 Wakayama/和歌山県; \
    31 Tottori/鳥取県; 32 Shimane/島根県; 33 Okayama/岡山県; 34 Hiroshima/広島県; 35 Yamaguchi/山口県; 36 Tokushima/徳島県; \
    37 Kagawa/香川県; 38 Ehime/愛媛県; 39 Kochi/高知県; 40 Fukuoka/福岡県; 41 Saga/佐賀県; 42 Nagasaki/長崎県; \
    43 Kumamoto/熊本県; 44 Oita/大分県; 45 Miyazaki/宮崎県; 46 Kagoshima/鹿児島県; 47 Okinawa/沖縄県
    """

  static let mexico = """
    AGU Aguascalientes; BCN Baja California; BCS Baja California Sur; CAM Campeche; CHH Chihuahua; CHP Chiapas; \
    CMX Ciudad de México/DIF/Distrito Federal; COA Coahuila; COL Colima; DUR Durango; GRO Guerrero; GUA Guanajuato; \
    HID Hidalgo; JAL Jalisco; MEX México/Estado de México; MIC Michoacán; MOR Morelos; NAY Nayarit; NLE Nuevo León; \
    OAX Oaxaca; PUE Puebla; QUE Querétaro; ROO Quintana Roo; SIN Sinaloa; SLP San Luis Potosí; SON Sonora; TAB Tabasco; \
    TAM Tamaulipas; TLA Tlaxcala; VER Veracruz; YUC Yucatán; ZAC Zacatecas
    """

  /// With the territories and the three regions of military post, which mail treats as states.
  static let unitedStates = """
    AA Armed Forces Americas; AE Armed Forces Europe; AK Alaska; AL Alabama; AP Armed Forces Pacific; AR Arkansas; \
    AS American Samoa; AZ Arizona; CA California; CO Colorado; CT Connecticut; DC District of Columbia; DE Delaware; \
    FL Florida; GA Georgia; GU Guam; HI Hawaii; IA Iowa; ID Idaho; IL Illinois; IN Indiana; KS Kansas; KY Kentucky; \
    LA Louisiana; MA Massachusetts; MD Maryland; ME Maine; MI Michigan; MN Minnesota; MO Missouri; \
    MP Northern Mariana Islands; MS Mississippi; MT Montana; NC North Carolina; ND North Dakota; NE Nebraska; \
    NH New Hampshire; NJ New Jersey; NM New Mexico; NV Nevada; NY New York; OH Ohio; OK Oklahoma; OR Oregon; \
    PA Pennsylvania; PR Puerto Rico; RI Rhode Island; SC South Carolina; SD South Dakota; TN Tennessee; TX Texas; \
    UT Utah; VA Virginia; VI U.S. Virgin Islands/Virgin Islands; VT Vermont; WA Washington; WI Wisconsin; \
    WV West Virginia; WY Wyoming
    """
}
